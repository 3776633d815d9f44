"""A service that jobs are delivered to: it checks who sent them, does the work once, and says what is to happen on failure."""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = base64.b64decode(os.environ.get("WEBHOOK_SECRET", "whsec_cmV0cnlsYWItZXhhbXBsZS1zZWNyZXQh").removeprefix("whsec_"))
TOLERANCE = 5 * 60  # seconds between their clock and ours
done = {}  # idempotency key → answer; a real service keeps it with its data


def is_signed(headers, body):
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(SECRET, content, hashlib.sha256).digest()).decode()
    in_time = abs(time.time() - int(headers["webhook-timestamp"] or 0)) < TOLERANCE
    return in_time and any(hmac.compare_digest(expected, given) for given in (headers["webhook-signature"] or "").split())


def send_invoice(invoice):
    return {"sent_to": invoice["to"], "at": int(time.time())}


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(self.headers, body):
            return self.answer(401, {"error": "not signed with our secret"})
        key = self.headers["X-RetryLab-Idempotency-Key"]
        if key not in done:  # an attempt before this one may have come through although its answer was lost
            try:
                done[key] = send_invoice(json.loads(body))
            except KeyError as missing:
                return self.answer(422, {"error": f"{missing} is missing"})  # no use to try again
            except OSError as error:
                return self.answer(503, {"error": str(error)}, ("Retry-After", "30"))
        self.answer(200, done[key])

    def answer(self, status, document, *headers):
        text = json.dumps(document).encode()
        self.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(text))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9000), Receiver)
    print(f"waiting for jobs at http://127.0.0.1:{server.server_port}/invoices", flush=True)
    server.serve_forever()

"""A service that jobs are delivered to: it checks who sent them, does each job once, and says what is to happen on failure."""

import base64
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = base64.b64decode("cmV0cnlsYWItZXhhbXBsZS1zZWNyZXQh")  # of retrylab.toml, behind whsec_
done = {}  # idempotency key → answer; a real service keeps it with its data


def is_signed(headers, body):
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(SECRET, content, "sha256")).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"] or 0)) < 300
    return fresh and hmac.compare_digest(expected, headers["webhook-signature"] or "")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key, answer = self.headers["X-RetryLab-Idempotency-Key"], {}
        if not is_signed(self.headers, body):
            self.send_response(401)
        elif "to" not in (invoice := json.loads(body)):
            self.send_response(422)  # no use to try again: to the dead letters
        else:  # an attempt before this one may have come through although its answer was lost
            answer = done.setdefault(key, {"sent_to": invoice["to"], "at": int(time.time())})
            self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9000), Receiver)
print(f"waiting for jobs at http://127.0.0.1:{server.server_port}/invoices", flush=True)
server.serve_forever()

"""A command handler: one run is one attempt. The payload comes on standard input, the exit code is the outcome."""

import json
import os
import sys

EX_DATAERR, EX_TEMPFAIL = 65, 75

try:
    job = json.load(sys.stdin)
    width, height = int(job["width"]), int(job["height"])
except (ValueError, KeyError) as error:
    print(f"not an image size: {error}", file=sys.stderr)
    sys.exit(EX_DATAERR)  # the same payload would fail again: to the dead letters

if os.environ["RETRYLAB_ATTEMPT"] == "1" and job.get("flaky"):
    print("the image store does not answer", file=sys.stderr)
    sys.exit(EX_TEMPFAIL)  # tried again as the job's policy says

print(json.dumps({"pixels": width * height, "key": os.environ["RETRYLAB_IDEMPOTENCY_KEY"]}))  # the job's result

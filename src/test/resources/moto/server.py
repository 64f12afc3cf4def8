"""moto as a server that keeps two promises of S3 which moto leaves out.

A condition and the write it stands for are one step, and a bucket is refused to callers that expect
another owner. It prints its port, and ends when its standard input does.
"""

import os
import sys
import threading
from urllib.parse import parse_qs

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

ACCOUNT = "123456789012"  # of everything that moto keeps
REFUSAL = b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"

moto = DomainDispatcherApplication(create_backend_app)
one_at_a_time = threading.Lock()


def application(environ, start_response):
    parameters = parse_qs(environ.get("QUERY_STRING", ""))
    expected = environ.get("HTTP_X_AMZ_EXPECTED_BUCKET_OWNER") or parameters.get(
        "x-amz-expected-bucket-owner", [ACCOUNT]
    )[0]
    if expected != ACCOUNT:
        start_response("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(REFUSAL)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else REFUSAL]
    with one_at_a_time:
        return moto(environ, start_response)


class Quiet(WSGIRequestHandler):
    def log(self, *arguments):
        pass


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
print(server.port, flush=True)
server.serve_forever()

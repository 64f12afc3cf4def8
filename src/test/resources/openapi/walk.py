"""Launches, follows and fetches with a client that was generated from a version's own document.

Arguments: the folder that holds the package `client`, the server's address. The token is in TOKEN. Standard
input is a launch's body. Prints one JSON object a step.
"""

import json
import os
import sys

sys.path.insert(0, sys.argv[1])

from client import AuthenticatedClient  # noqa: E402
from client.api.training import launch, result, status  # noqa: E402
from client.models import Job, Launch, LaunchPlan, Problem, Result  # noqa: E402


def tell(step, answer, kind):
    assert isinstance(answer, kind), f"{step}: {answer}"
    print(json.dumps({"step": step, "answer": answer.to_dict()}))
    return answer


body = Launch.from_dict(json.load(sys.stdin))
with AuthenticatedClient(base_url=sys.argv[2], token=os.environ["TOKEN"], timeout=70) as client:
    tell("plan", launch.sync(client=client, body=body, dry_run=True), LaunchPlan)

    wrong = Launch.from_dict({**body.to_dict(), "engine": "nowhere"})
    tell("refused", launch.sync(client=client, body=wrong), Problem)

    job = tell("launched", launch.sync(client=client, body=body, idempotency_key="walk"), Job)
    again = tell("repeated", launch.sync(client=client, body=body, idempotency_key="walk"), Job)
    assert again.id == job.id

    ended = tell("ended", status.sync(job.id, client=client, wait="60s"), Job)
    tell("result", result.sync(job.id, client=client), Result)

    href = ended.links.result
    assert client.get_httpx_client().get(href).json()["job"] == job.id

"""Runs inside `.venv-lrs`: statements as JSON lines come in; a line goes out for each, empty or with what is wrong."""

import json
import sys

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

for line in sys.stdin:
    try:
        BaseXapiStatement.model_validate(json.loads(line))
        print(flush=True)
    except ValidationError as error:
        print(" ".join(str(error).split()), flush=True)

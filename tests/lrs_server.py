"""Runs inside `.venv-lrs`: Ralph with its file-system backend, on the port that is named. See `record_store.py`."""

import sys

import uvicorn
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend
from ralph.backends.lrs.fs import FSLRSBackend
from ralph.conf import settings

# As shipped it writes with "create": the first statement comes in, every later one gets 500.
FSDataBackend.default_operation_type = BaseOperationType.APPEND

# It compares the text of a statement's verb with an object, so that a query by verb finds nothing.
by_verb = FSLRSBackend._add_filter_by_verb
FSLRSBackend._add_filter_by_verb = staticmethod(lambda filters, verb: by_verb(filters, str(verb) if verb else None))

# Whoever runs it names the site's origin; that of a test is not known yet.
settings.RUNSERVER_CORS_ALLOW_ORIGINS = ["*"]

from ralph.api import app  # noqa: E402

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)

"""Our ES modules become one classic script."""

import pytest
from builders import write
from greensupply.components.bundle import BundleError, bundle


def test_imports_come_first_and_each_file_once(tmp_path):
    write(
        tmp_path,
        {
            "a.js": "// @ts-check\nimport {one} from './b.js'\nimport {two as three} from './c.js'\none(three)\n",
            "b.js": "import {two} from './c.js'\n/** Says it. */\nexport function one(it) { return it + two }\n",
            "c.js": "export const two = 2\nexport class Three {}\n",
        },
    )

    assert bundle(tmp_path / "a.js") == (
        "'use strict';\n(() => {\n"
        "const m0 = (() => {\nconst two = 2\nclass Three {}\nreturn {two, Three}\n})()\n"
        "const m1 = (() => {\nconst {two} = m0\nfunction one(it) { return it + two }\nreturn {one}\n})()\n"
        "const m2 = (() => {\nconst {one} = m1\nconst {two: three} = m0\none(three)\n})()\n"
        "})()\n"
    )


def test_files_that_import_one_another_are_named(tmp_path):
    write(tmp_path, {"a.js": "import {b} from './b.js'\n", "b.js": "import {a} from './a.js'\n"})

    with pytest.raises(BundleError, match=r"a\.js: these files import one another: a\.js -> b\.js -> a\.js\."):
        bundle(tmp_path / "a.js")


@pytest.mark.parametrize(
    "line",
    [
        "export default 1",
        "export {a}",
        "import * as a from './b.js'",
        "import a from './b.js'",
        "const a = await import('./b.js')",
        "const a = import.meta.url",
        "import {a} from 'lodash'",
    ],
)
def test_what_could_be_bundled_wrongly_is_refused_with_its_line(tmp_path, line):
    write(tmp_path, {"a.js": f"const x = 1\n{line}\n", "b.js": "export const a = 1\n"})

    with pytest.raises(BundleError, match=r"^a\.js:2: "):
        bundle(tmp_path / "a.js")

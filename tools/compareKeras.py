"""Runs check.py of exported projects of Keras in one process: python compareKeras.py CHANNELS FOLDER…

CHANNELS is channels_last or channels_first. Prints a line of JSON for each folder.
"""

import contextlib
import io
import json
import runpy
import sys
from pathlib import Path

import keras

channels, *folders = sys.argv[1:]
keras.config.set_image_data_format(channels)


def outcome(folder):
    sys.argv = ["check.py", channels]
    sys.path.insert(0, folder)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(str(Path(folder) / "check.py"), run_name="__main__")
    except SystemExit as end:
        return {"same": end.code == 0, "text": printed.getvalue()}
    except Exception as error:
        return {"same": False, "text": f"{type(error).__name__}: {error}"}
    finally:
        sys.path.remove(folder)
        sys.modules.pop("model", None)
        keras.utils.clear_session()


for folder in folders:
    print(json.dumps({"folder": folder, **outcome(folder)}), flush=True)

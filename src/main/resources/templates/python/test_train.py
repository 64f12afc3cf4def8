"""Runs train.py as the platform does, on data/sample.csv: python -m unittest"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).parent
DESCRIPTOR = json.loads((HERE / "algorithm.json").read_text(encoding="utf-8"))


class TrainTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.job = Path(folder.name)

    def train(self, *flags):
        places = {
            "SM_CHANNEL_TRAINING": str(HERE / "data"),
            "SM_MODEL_DIR": str(self.job / "model"),
            "SM_OUTPUT_DIR": str(self.job / "output"),
        }
        return subprocess.run(
            [sys.executable, DESCRIPTOR["entryPoint"], *flags],
            cwd=HERE, env={**os.environ, **places}, capture_output=True, text=True,
        )

    def test_leaves_a_model_and_prints_every_declared_metric(self):
        run = self.train()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue((self.job / "model" / "model.json").is_file())
        for metric in DESCRIPTOR["metrics"]:
            self.assertRegex(run.stdout, re.compile(metric["regex"]))

    def test_takes_every_declared_default_as_a_flag(self):
        flags = []
        for name, schema in sorted(DESCRIPTOR["hyperParameters"]["properties"].items()):
            flags += [f"--{name}", str(schema["default"])]
        run = self.train(*flags)
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_says_what_is_wrong_with_its_input(self):
        run = self.train("--target", "nothing")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("no column 'nothing'", (self.job / "output" / "failure").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()

package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  private static final Interpreters RUNTIME =
      new Interpreters() {
        @Override
        public String of(Launcher.Kind kind) {
          return switch (kind) {
            case PYTHON -> "/venv/bin/python";
            case RSCRIPT -> "/usr/bin/Rscript";
            case SH -> "/bin/sh";
          };
        }

        @Override
        public Optional<String> named(String program) {
          return program.startsWith("python") || program.equals("torchrun")
              ? Optional.of("/venv/bin/" + program)
              : Optional.empty();
        }
      };

  @Test
  void givesScriptsToTheirInterpreter() {
    assertThat(script("train.py", "")).containsExactly("/venv/bin/python", "train.py", "train");
    assertThat(script("src/train.py", "#!/usr/bin/python2"))
        .containsExactly("/venv/bin/python", "src/train.py", "train");
    assertThat(script("train.R", "")).containsExactly("/usr/bin/Rscript", "train.R", "train");
    assertThat(script("train.r", "")).containsExactly("/usr/bin/Rscript", "train.r", "train");
  }

  @Test
  void neverLetsANamePassForAnOption() {
    assertThat(script("-c.py", "")).containsExactly("/venv/bin/python", "./-c.py", "train");
    assertThat(script("-x", "")).containsExactly("./-x", "train");
    assertThat(script("-i.sh", "")).containsExactly("/bin/sh", "./-i.sh", "train");
  }

  @Test
  void honoursTheFirstLineOfShellScripts() {
    assertThat(script("train.sh", "echo hello\n"))
        .containsExactly("/bin/sh", "./train.sh", "train");
    assertThat(script("train.sh", "#!/bin/bash -e\n"))
        .containsExactly("/bin/bash", "-e", "./train.sh", "train");
  }

  @Test
  void findsTheInterpreterOfAFirstLineInTheRuntimeFirst() {
    assertThat(script("bin/train", "#!/usr/bin/env python3\n"))
        .containsExactly("/venv/bin/python3", "./bin/train", "train");
    assertThat(script("train", "#!/usr/local/bin/python3.9\n"))
        .containsExactly("/venv/bin/python3.9", "./train", "train");
    assertThat(script("train", "#!/usr/bin/env perl\n"))
        .containsExactly("perl", "./train", "train");
    assertThat(script(".hidden", "#!/bin/bash\n"))
        .containsExactly("/bin/bash", "./.hidden", "train");
  }

  @Test
  void executesEverythingElse() {
    assertThat(script("train", "\u007fELF")).containsExactly("./train", "train");
    assertThat(script("train.jl", "#!/usr/bin/env julia\n")).containsExactly("./train.jl", "train");
    assertThat(script("v1.2/train", "\u007fELF")).containsExactly("./v1.2/train", "train");
  }

  @Test
  void runsACommandAsItIsWithItsProgramFromTheRuntime() {
    assertThat(command(List.of("torchrun", "--nproc=2", "train.py; rm -rf /")))
        .containsExactly("/venv/bin/torchrun", "--nproc=2", "train.py; rm -rf /", "train");
    assertThat(command(List.of("make", "train"))).containsExactly("make", "train", "train");
    assertThat(command(List.of("./python"))).containsExactly("./python", "train");
  }

  @Test
  void leavesTheImagesEntryPointToTheImage() {
    assertThat(line(new Entry.ImageDefault(), "")).containsExactly("train");
  }

  private static List<String> script(String path, String head) {
    return line(new Entry.Script(path), head);
  }

  private static List<String> command(List<String> argv) {
    return line(new Entry.Command(argv), "");
  }

  private static List<String> line(Entry entry, String head) {
    RenderedContract contract =
        TrainingContract.render(
            Orders.order(entry, ArgumentStyle.TRAIN, Map.of(), List.of(), Map.of(), false),
            ContractHost.single("ml.m5.large", 2, 0));
    return CommandLine.of(contract, RUNTIME, head.getBytes(UTF_8));
  }
}

package io.byoa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.StartRefused;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs that are packed in. */
final class PostgresBinariesTest {

  private final Path scratch = Scratch.folder("binaries");

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  void areOfTheVersionThatTheirFolderIsNamedAfter() throws IOException {
    PostgresBinaries binaries = PostgresBinaries.under(scratch, step -> {});

    Program.Outcome outcome =
        Program.run(List.of(binaries.program("postgres").toString(), "--version"));

    String version = PostgresBinaries.VERSION.replaceAll("\\.0$", "");
    assertThat(outcome.output().strip()).isEqualTo("postgres (PostgreSQL) " + version);
    assertThat(binaries.folder()).isEqualTo(scratch.resolve("bin-" + PostgresBinaries.VERSION));
    try (var names = Files.list(scratch)) {
      assertThat(names).containsExactly(binaries.folder());
    }
  }

  @Test
  void areUnpackedOnce() {
    PostgresBinaries.under(Scratch.postgresBinaries(), step -> {});
    List<String> steps = new ArrayList<>();

    PostgresBinaries.under(Scratch.postgresBinaries(), steps::add);

    assertThat(steps).isEmpty();
  }

  @Test
  void makeRoomForThemselves() throws IOException {
    Files.createDirectories(scratch.resolve("bin-17.1.0/bin"));
    Files.createDirectories(scratch.resolve("unpacking-123/lib"));
    Files.createDirectories(scratch.resolve("db"));
    Files.createDirectories(scratch.resolve("bin-" + PostgresBinaries.VERSION));

    PostgresBinaries.removeOthers(scratch);

    assertThat(scratch).isDirectoryNotContaining("glob:**/{bin-17.1.0,unpacking-123}");
    assertThat(scratch.resolve("db")).exists();
    assertThat(scratch.resolve("bin-" + PostgresBinaries.VERSION)).exists();
  }

  @Test
  void sayWhatToDoOnAnotherKindOfMachine() {
    assertThatThrownBy(() -> PostgresBinaries.refuseOtherMachines("Mac OS X", "aarch64"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("Mac OS X on aarch64")
        .hasMessageContaining("BYOA_DATABASE_URL=jdbc:postgresql://");
    assertThatThrownBy(() -> PostgresBinaries.refuseOtherMachines("Linux", "aarch64"))
        .isInstanceOf(StartRefused.class);
    assertThatCode(() -> PostgresBinaries.refuseOtherMachines("Linux", "amd64"))
        .doesNotThrowAnyException();
  }
}

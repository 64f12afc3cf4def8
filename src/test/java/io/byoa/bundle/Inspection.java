package io.byoa.bundle;

import static io.byoa.bundle.Archives.tarGz;
import static io.byoa.bundle.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An inspector in a folder of its own, which every test must leave empty behind it. */
abstract class Inspection {

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  BundleInspector inspector;

  @BeforeEach
  void create() {
    inspector =
        new BundleInspector(new TestBundleConfig(folder.resolve("uploads")), Clock.systemUTC());
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  final Bundle inspect(byte[] archive) throws IOException {
    return inspector.inspect(new ByteArrayInputStream(archive));
  }

  final Failure refused(byte[] archive) {
    FailureException e =
        catchThrowableOfType(FailureException.class, () -> inspect(archive).close());
    assertThat(e).as("refused").isNotNull();
    return e.failure();
  }

  final void assertRefused(byte[] archive, String reason) {
    Failure failure = refused(archive);
    assertThat(failure).isInstanceOf(Failure.Invalid.class);
    assertThat(failure.code()).isEqualTo("archive-refused");
    assertThat(failure.violations())
        .as(failure.detail())
        .anySatisfy(violation -> assertThat(violation.detail()).contains(reason));
  }

  /** The same entries in both formats. */
  final void assertBothRefused(String reason, String... namesAndContents) {
    assertRefused(zip(namesAndContents), reason);
    assertRefused(tarGz(namesAndContents), reason);
  }
}

package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenFileTest {

  @TempDir Path data;
  private AdminTokenFile file = new AdminTokenFile(Path.of(""));
  private final Token token = Token.generate(Token.Kind.ADM);

  @BeforeEach
  void open() {
    file = AdminTokenFile.in(data);
  }

  @Test
  void keepsTheTokenForItsOwnerAlone() throws IOException {
    file.write(token);
    assertThat(Files.readString(data.resolve("admin-token"))).isEqualTo(token.secret() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(file.read().map(Token::secret)).contains(token.secret());
  }

  @Test
  void leavesNothingElseBehindAndReplacesWhatWasThere() throws IOException {
    file.write(Token.generate(Token.Kind.ADM));
    file.write(token);
    assertThat(file.read().map(Token::secret)).contains(token.secret());
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  @Test
  void hasNoTokenWhenThereIsNoFile() throws IOException {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void trustsNoFileThatOthersMayRead() throws IOException {
    file.write(token);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(file.read()).isEmpty();
  }

  @Test
  void trustsNoSymbolicLink() throws IOException {
    Path elsewhere = AdminTokenFile.in(Files.createDirectory(data.resolve("x"))).path();
    new AdminTokenFile(elsewhere).write(token);
    Files.createSymbolicLink(file.path(), elsewhere);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void trustsNoTornOrForeignContent() throws IOException {
    file.write(token);
    Files.writeString(file.path(), token.secret().substring(0, 30));
    assertThat(file.read()).isEmpty();
    Files.writeString(file.path(), Token.generate(Token.Kind.PAT).secret());
    assertThat(file.read()).isEmpty();
  }
}

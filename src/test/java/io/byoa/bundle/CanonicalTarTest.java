package io.byoa.bundle;

import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.tar;
import static io.byoa.bundle.Archives.withHeader;
import static io.byoa.bundle.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CanonicalTarTest {

  private static final String LONG = "folder/".repeat(20) + "data.csv";

  @TempDir Path folder;
  private BundleInspector inspector;
  private Bundle bundle;

  @BeforeEach
  void publish() throws IOException {
    inspector =
        new BundleInspector(new TestBundleConfig(folder.resolve("uploads")), Clock.systemUTC());
    bundle = inspect(zip("train.py", "print(1)", LONG, "1,2", "é.txt", "", "run", "#!/bin/sh\n"));
  }

  @AfterEach
  void close() {
    bundle.close();
  }

  private Bundle inspect(byte[] archive) throws IOException {
    return inspector.inspect(new ByteArrayInputStream(archive));
  }

  private InputStream stored() throws IOException {
    return Files.newInputStream(bundle.file());
  }

  @Test
  @DisplayName(
      "The bytes of the canonical tar never change: they are the identity of what is published")
  void keepsItsBytesForever() {
    assertThat(bundle.sha256())
        .isEqualTo(new Sha256("29e325ba09d87da8251406356808e1d09bfb5adbf578377aaa451c4ab9ccebe1"));
    assertThat(bundle.size()).isEqualTo(6656);
  }

  @Test
  void listsWhatTheBundleListed() throws IOException {
    try (InputStream tar = stored()) {
      assertThat(CanonicalTar.list(tar)).isEqualTo(bundle.files());
    }
  }

  @Test
  void knowsWhereEachFileLies() throws IOException {
    byte[] all = Files.readAllBytes(bundle.file());
    for (BundleFile file : bundle.files()) {
      FileRange range = CanonicalTar.range(bundle.files(), file.path()).orElseThrow();
      byte[] content = new byte[(int) range.length()];
      System.arraycopy(all, (int) range.offset(), content, 0, content.length);
      assertThat(Sha256.of(content)).isEqualTo(file.sha256());
    }
    assertThat(CanonicalTar.range(bundle.files(), "absent")).isEmpty();
  }

  @Test
  void unpacksForAJob() throws IOException {
    Path code = folder.resolve("code");
    try (InputStream tar = stored()) {
      CanonicalTar.unpack(tar, code);
    }
    assertThat(code.resolve(LONG)).hasContent("1,2");
    assertThat(code.resolve("é.txt")).isEmptyFile();
    assertThat(Files.getPosixFilePermissions(code.resolve("run")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(Files.getPosixFilePermissions(code.resolve("train.py")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void unpacksIntoAnEmptyFolderOnly() throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.createSymbolicLink(code.resolve("folder"), folder);
    try (InputStream tar = stored()) {
      assertThatThrownBy(() -> CanonicalTar.unpack(tar, code)).hasMessageContaining("empty folder");
    }
    assertThat(folder.resolve("folder")).doesNotExist();
  }

  @Test
  @DisplayName("A1, A2: a stored tar that is hostile after all is not unpacked either")
  void unpacksNothingOutsideItsFolder() {
    for (byte[] hostile :
        new byte[][] {
          withHeader(tar("nn/evil", "x"), 0, bytes("../evil")),
          withHeader(tar("link", ""), 156, (byte) '2'),
          tar("a", "1", "a", "2"),
          tar("folder/", "")
        }) {
      assertThatThrownBy(() ->
              CanonicalTar.unpack(
                  new ByteArrayInputStream(hostile), Files.createTempDirectory(folder, "code")))
          .isInstanceOf(FailureException.class);
    }
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void isTheSameBundleWhenItsDownloadIsPushedAgain() throws IOException {
    ByteArrayOutputStream tarGz = new ByteArrayOutputStream();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (InputStream a = stored();
        InputStream b = stored()) {
      CanonicalTar.writeTarGz(a, tarGz);
      CanonicalTar.writeZip(b, zip);
    }
    try (Bundle fromTarGz = inspect(tarGz.toByteArray());
        Bundle fromZip = inspect(zip.toByteArray())) {
      assertThat(fromTarGz.sha256()).isEqualTo(bundle.sha256());
      assertThat(fromZip.sha256()).isEqualTo(bundle.sha256());
    }
  }
}

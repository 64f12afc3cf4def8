package io.byoa.bundle;

import static io.byoa.bundle.Archives.END;
import static io.byoa.bundle.Archives.LOCAL;
import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.concat;
import static io.byoa.bundle.Archives.gzip;
import static io.byoa.bundle.Archives.tar;
import static io.byoa.bundle.Archives.tarGz;
import static io.byoa.bundle.Archives.with16;
import static io.byoa.bundle.Archives.withHeader;
import static io.byoa.bundle.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of an archive in either format. */
final class BundleInspectorTest extends Inspection {

  @Test
  void readsAZipAndATarGzToTheSameBundle() throws IOException {
    String[] tree = {"train.py", "print(1)", "lib/run.sh", "#!/bin/sh\n", "é.txt", "x"};
    try (Bundle a = inspect(zip(tree));
        Bundle b = inspect(tarGz(tree))) {
      assertThat(a.sha256()).isEqualTo(b.sha256());
      assertThat(a.files()).isEqualTo(b.files());
      assertThat(a.files())
          .extracting(BundleFile::path)
          .containsExactly("lib/run.sh", "train.py", "é.txt");
      assertThat(a.files()).extracting(BundleFile::executable).containsExactly(true, false, false);
      assertThat(a.notices()).isEmpty();
      assertThat(a.size()).isEqualTo(Files.size(a.file()));
      assertThat(io.byoa.common.Sha256.of(a.file())).isEqualTo(a.sha256());
      assertThat(a.open("lib/run.sh").orElseThrow().readAllBytes()).asString().startsWith("#!");
      assertThat(a.open("lib")).isEmpty();
    }
  }

  @Test
  void worksInAFolderThatNobodyElseCanReach() throws IOException {
    try (Bundle bundle = inspect(zip("a", "1"))) {
      Path parent = bundle.file().getParent();
      assertThat(Files.getPosixFilePermissions(parent))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(parent).isDirectoryNotContaining(file -> file.endsWith("spool"));
    }
  }

  @ParameterizedTest
  @DisplayName("A1: members that lead out of the folder are refused")
  @ValueSource(
      strings = {
        "../evil", "a/../../evil", "a/..", "..", "/etc/passwd", "//evil", "..\\evil", "C:\\evil",
        "C:/evil", "c:evil", "x/C:/evil", "a//b", "a/./b", "./../evil", ".//evil",
            "__MACOSX/../../x"
      })
  void refusesMembersThatLeadOut(String name) {
    // The library would tidy the names up, so they are put in after it wrote as many letters.
    String innocent = "n".repeat(name.length());
    byte[] zip = zip(innocent, "evil");
    byte[] raw = bytes(name);
    for (int i = 0; i + raw.length <= zip.length; i++) {
      if (Arrays.equals(zip, i, i + raw.length, bytes(innocent), 0, raw.length)) {
        System.arraycopy(raw, 0, zip, i, raw.length);
      }
    }
    assertThat(refused(zip)).isInstanceOf(Failure.Invalid.class);
    assertThat(refused(gzip(withHeader(tar(innocent, "evil"), 0, raw))))
        .isInstanceOf(Failure.Invalid.class);
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void refusesSetUidBits() {
    assertRefused(zip(0104755, "a", "1"), "set-uid");
    assertRefused(zip(0102755, "a", "1"), "set-gid");
    assertRefused(gzip(withHeader(tar("a", "1"), 100, bytes("0004755\0"))), "set-uid");
    assertRefused(gzip(withHeader(tar("a", "1"), 100, bytes("0002755\0"))), "set-gid");
  }

  @Test
  void refusesNamesThatSomeSystemTakesForAnother() {
    assertBothRefused("twice", "a", "1", "a", "2");
    assertBothRefused("only in case", "Train.py", "1", "train.py", "2");
    assertBothRefused("only in case", "Lib/a", "1", "lib/b", "2");
    assertBothRefused("both a file and a folder", "a", "1", "a/b", "2");
    assertBothRefused("both a file and a folder", "a/b", "2", "a", "1");
    assertBothRefused("composed form", "e\u0301.txt", "1");
    assertBothRefused("control character", "a\nb", "1");
    assertBothRefused("control character", "a\u202eyp.niart", "1");
    assertBothRefused("backslash", "a\\b", "1");
  }

  @Test
  void refusesNamesThatAreTooLongOrDeep() {
    assertBothRefused("longer than 240 bytes", "é".repeat(121), "1");
    assertBothRefused("deeper than 32", "d/".repeat(32) + "f", "1");
    assertBothRefused("longer than 1024 bytes", "abcdefghi/".repeat(110) + "f", "1");
    assertRefused(zip("a".repeat(5000), "1"), "longer than 1024 bytes");
  }

  @Test
  void takesNamesUpToTheLimits() throws IOException {
    String deep = "d/".repeat(31) + "f";
    String wide = "é".repeat(120);
    String longest = ("a".repeat(239) + "/").repeat(4) + "b".repeat(64);
    try (Bundle a = inspect(zip(deep, "1", wide, "2", longest, "3"));
        Bundle b = inspect(tarGz(deep, "1", wide, "2", longest, "3"))) {
      assertThat(a.sha256()).isEqualTo(b.sha256());
      assertThat(a.files()).extracting(BundleFile::path).containsExactly(longest, deep, wide);
      assertThat(a.open(longest).orElseThrow()).hasContent("3");
    }
  }

  @Test
  void listsAllProblemsAtOnceEachPointingAtItsEntry() {
    String[] tree = {"ok", "1", "a\nb", "1", "x\\y", "2", "OK", "3", "p/q~r\\", "4"};
    for (byte[] archive : List.of(zip(tree), tarGz(tree))) {
      assertThat(refused(archive).violations())
          .extracting(Violation::pointer)
          .containsExactly("/a\\u000ab", "/x\\y", "/OK", "/p~1q~0r\\");
    }
  }

  @Test
  void listsNoMoreProblemsThanSomebodyReads() {
    String[] tree =
        IntStream.range(0, 400).mapToObj(i -> i % 2 == 0 ? "x\\" + i : "").toArray(String[]::new);
    Failure failure = refused(zip(tree));
    assertThat(failure.violations()).hasSize(50);
    assertThat(failure.detail()).contains("the first 50 of 200 problems");
  }

  @Test
  void stripsOneFolderAroundEverything() throws IOException {
    try (Bundle plain = inspect(zip("train.py", "1", "lib/a", "2"));
        Bundle wrapped = inspect(zip("p/", "", "p/train.py", "1", "p/lib/a", "2"));
        Bundle twice = inspect(tarGz("p/p/train.py", "1", "p/p/lib/a", "2"))) {
      assertThat(wrapped.sha256()).isEqualTo(plain.sha256());
      assertThat(wrapped.notices()).containsExactly("The folder p/ around everything is left out.");
      assertThat(twice.files()).extracting(BundleFile::path).contains("p/train.py");
    }
  }

  @Test
  void dropsWhatSystemsAddAndEmptyFoldersAndSaysSo() throws IOException {
    try (Bundle plain = inspect(zip("train.py", "1"));
        Bundle mac =
            inspect(
                zip(
                    "p/train.py",
                    "1",
                    "p/.DS_Store",
                    "x",
                    "__MACOSX/p/._train.py",
                    "y",
                    "p/Thumbs.db",
                    "z",
                    "p/out/",
                    "",
                    "p/._train.py",
                    "\0\5\u0016\7..."))) {
      assertThat(mac.sha256()).isEqualTo(plain.sha256());
      assertThat(mac.notices())
          .containsExactly(
              "The folder p/ around everything is left out.",
              "Empty folders are not kept: p/out.",
              "Left out what an operating system added: __MACOSX, p/.DS_Store, p/._train.py, p/Thumbs.db.");
    }
    try (Bundle kept = inspect(tarGz("._config", "mine", "a", "1"));
        Bundle dropped = inspect(tarGz("./", "", "._a", "\0\5\u0016\7...", "./a", "1"))) {
      assertThat(kept.files()).hasSize(2);
      assertThat(dropped.files()).extracting(BundleFile::path).containsExactly("a");
    }
  }

  @Test
  void refusesAnArchiveOfNothing() {
    assertRefused(zip(), "holds no file");
    assertRefused(zip("a/", ""), "holds no file");
    assertRefused(tarGz(".DS_Store", "x"), "holds no file");
    assertRefused(gzip(new byte[1024]), "holds no file");
    assertRefused(gzip(new byte[0]), "without its two empty blocks");
  }

  @Test
  void answers415ToOtherFormatsAndNamesThem() {
    assertThat(refused(tar("a", "1")))
        .isInstanceOfSatisfying(
            Failure.UnsupportedMediaType.class,
            failure ->
                assertThat(failure.detail()).contains("tar without gzip", "application/zip"));
    assertThat(refused(bytes("BZh91AY")).detail()).contains("bzip2");
    assertThat(refused(new byte[] {0x37, 0x7a, (byte) 0xbc, (byte) 0xaf, 0x27}).detail())
        .contains("7z");
    assertThat(refused(new byte[0]).detail()).contains("empty");
    assertThat(refused(concat(bytes("#!/bin/sh\n"), zip("a", "1"))).code())
        .isEqualTo("archive-format");
  }

  @Test
  void answers413ToAnUploadThatIsTooLargeWithoutReadingItsRest() {
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(IntStream.range(0, 30).mapToObj(i -> stored(i)).toList()));
    BundleInspector small =
        new BundleInspector(new TestBundleConfig(folder.resolve("uploads"), 8), Clock.systemUTC());
    assertThatThrownBy(() -> small.inspect(endless))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.TooLarge.class);
              assertThat(e.failure().detail()).contains("8 MiB");
            });
    assertThat(endless).isNotEmpty();
  }

  /** A mebibyte that starts as a zip does. */
  private static InputStream stored(int n) {
    byte[] mebibyte = new byte[1 << 20];
    if (n == 0) {
      Archives.little(mebibyte).putInt(0, LOCAL);
    }
    return new ByteArrayInputStream(mebibyte);
  }

  @Test
  void passesOnThatTheClientWentAway() {
    for (byte[] archive : List.of(zip("a", "1"), tarGz("a", "1"))) {
      InputStream broken =
          new SequenceInputStream(
              new ByteArrayInputStream(archive, 0, archive.length - 10),
              new BrokenInputStream(() -> new IOException("The client went away")));
      assertThatThrownBy(() -> inspector.inspect(broken))
          .isInstanceOf(IOException.class)
          .hasMessage("The client went away");
    }
  }

  @Test
  void refusesWhatUnpacksToFarMoreThanItIs() {
    String zeros = "\0".repeat(12 << 20);
    assertBothRefused("100 times its size", "zeros", zeros);
    assertRefused(gzip(concat(tar("a", "1"), new byte[12 << 20])), "100 times its size");
  }

  @Test
  void takesSmallThingsHoweverWellTheyCompress() throws IOException {
    try (Bundle bundle = inspect(zip("zeros", "\0".repeat(9 << 20)))) {
      assertThat(bundle.files().getFirst().size()).isEqualTo(9 << 20);
    }
  }

  @Test
  void refusesTooManyEntries() {
    String[] tree =
        IntStream.range(0, 20_002)
            .mapToObj(i -> i % 2 == 0 ? "d/" + i + "/" : "")
            .toArray(String[]::new);
    assertBothRefused("more than 10000 entries", tree);
    byte[] lying = with16(with16(zip("a", "1"), END, 0, 8, 2), END, 0, 10, 2);
    assertRefused(lying, "declares 2 entries, its directory has 1");
  }

  @Test
  void repacksWithADescriptorThatWasMissingOrChanged() throws IOException {
    try (Bundle without = inspect(zip("train.py", "1", "#!x", "2"));
        Bundle with = without.with("algorithm.json", bytes("{}"));
        Bundle complete = inspect(tarGz("algorithm.json", "{}", "train.py", "1", "#!x", "2"));
        Bundle changed = complete.with("algorithm.json", bytes("{ }"));
        Bundle back = changed.with("algorithm.json", bytes("{}"))) {
      assertThat(with.sha256()).isEqualTo(complete.sha256()).isEqualTo(back.sha256());
      assertThat(with.files()).isEqualTo(complete.files());
      assertThat(changed.sha256()).isNotEqualTo(complete.sha256());
      assertThat(changed.open("algorithm.json").orElseThrow()).hasContent("{ }");
      assertThat(without.files()).hasSize(2);
      assertThatThrownBy(() -> without.with("../x", bytes("1")))
          .isInstanceOf(FailureException.class);
      assertThatThrownBy(() -> without.with("Train.py", bytes("1")))
          .isInstanceOf(FailureException.class);
      assertThatThrownBy(() -> without.with("train.py/x", bytes("1")))
          .isInstanceOf(FailureException.class);
    }
  }

  @Test
  void removesWhatAKilledInspectionLeftADayAgo() throws IOException {
    assertThat(inspector.removeLeftovers()).isZero();
    Path uploads = folder.resolve("uploads");
    Path old = Files.createDirectories(uploads.resolve("bundle-1"));
    Path fresh = Files.createDirectories(uploads.resolve("bundle-2"));
    Path other = Files.createDirectories(uploads.resolve("other"));
    Files.writeString(old.resolve("spool"), "x");
    FileTime yesterday = FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(old, yesterday);
    Files.setLastModifiedTime(other, yesterday);
    assertThat(inspector.removeLeftovers()).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(other).exists();
  }
}

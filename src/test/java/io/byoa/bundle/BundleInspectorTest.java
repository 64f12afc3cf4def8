package io.byoa.bundle;

import static io.byoa.bundle.Archives.CENTRAL;
import static io.byoa.bundle.Archives.END;
import static io.byoa.bundle.Archives.LOCAL;
import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.concat;
import static io.byoa.bundle.Archives.gzip;
import static io.byoa.bundle.Archives.tar;
import static io.byoa.bundle.Archives.tarGz;
import static io.byoa.bundle.Archives.tarGzOf;
import static io.byoa.bundle.Archives.with16;
import static io.byoa.bundle.Archives.with32;
import static io.byoa.bundle.Archives.withHeader;
import static io.byoa.bundle.Archives.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleInspectorTest {

  @TempDir Path folder;

  private BundleInspector inspector;

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

  private Bundle inspect(byte[] archive) throws IOException {
    return inspector.inspect(new ByteArrayInputStream(archive));
  }

  private Failure refused(byte[] archive) {
    FailureException e =
        catchThrowableOfType(FailureException.class, () -> inspect(archive).close());
    assertThat(e).as("refused").isNotNull();
    return e.failure();
  }

  private void assertRefused(byte[] archive, String reason) {
    Failure failure = refused(archive);
    assertThat(failure).isInstanceOf(Failure.Invalid.class);
    assertThat(failure.code()).isEqualTo("archive-refused");
    assertThat(failure.violations())
        .as(failure.detail())
        .anySatisfy(violation -> assertThat(violation.detail()).contains(reason));
  }

  /** The same entries in both formats. */
  private void assertBothRefused(String reason, String... namesAndContents) {
    assertRefused(zip(namesAndContents), reason);
    assertRefused(tarGz(namesAndContents), reason);
  }

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

  @ParameterizedTest
  @DisplayName("A2: links, hard links, devices, FIFOs and sparse files in a tar are refused")
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'S', 'K', 'V', 'D', 'M', 'A'})
  void refusesWhatIsNeitherFileNorFolder(char type) {
    byte[] tar = withHeader(tar("link", ""), 156, (byte) type);
    assertThat(refused(gzip(tar)).violations()).isNotEmpty();
  }

  @Test
  @DisplayName("A2: a link, then a file through it")
  void refusesALinkAndAFileThroughIt() {
    assertRefused(tarGzOf("dir", '2', "/tmp"), "symbolic link");
    assertRefused(tarGzOf("dir", '1', "/etc/passwd"), "hard link");
    byte[] link = Arrays.copyOf(withHeader(tar("dir", ""), 156, (byte) '2'), 512);
    assertRefused(gzip(concat(link, tar("dir/evil", "x"))), "symbolic link");
  }

  @Test
  @DisplayName("A2: chains of links")
  void refusesChainsOfLinksNamingEachOfThem() {
    byte[] a = Arrays.copyOf(withHeader(tar("a", ""), 156, (byte) '2'), 512);
    byte[] b = Arrays.copyOf(withHeader(tar("b", ""), 156, (byte) '2'), 512);
    assertThat(refused(gzip(concat(a, b, tar("c", "x")))).violations())
        .extracting(Violation::pointer)
        .containsExactly("/a", "/b");
  }

  @Test
  @DisplayName("A2: zip entries whose mode makes them links, whatever system wrote them")
  void refusesZipEntriesThatAreLinks() {
    byte[] zip = zip(0120777, "link", "/etc/passwd");
    assertRefused(zip, "symbolic link");
    byte[] fromDos = with16(zip, CENTRAL, 0, 4, 20); // version made by: MS-DOS
    assertRefused(fromDos, "symbolic link");
    assertRefused(zip(0020666, "null", ""), "device");
    assertRefused(zip(0010666, "pipe", ""), "FIFO");
    assertRefused(zip(0140777, "socket", ""), "neither file nor folder");
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
  void refusesAZipWhoseHeadersDisagree() {
    byte[] zip = zip("a.txt", "hello", "b.txt", "world");
    assertRefused(with16(zip, LOCAL, 0, 30, 'x' | '.' << 8), "another name");
    assertRefused(with16(zip, LOCAL, 1, 8, 0), "other flags or another method");
    assertRefused(with16(zip, LOCAL, 1, 6, 0), "other flags or another method");
    assertRefused(with32(zip, LOCAL, 0, 22, 99), "another size or CRC");
    assertRefused(with32(zip, LOCAL, 0, 14, 99), "another size or CRC");
    assertRefused(with32(zip, CENTRAL, 0, 24, 6), "belong to no entry"); // and its descriptor
    assertRefused(with32(zip, CENTRAL, 0, 20, 6), "belong to no entry");
    assertRefused(with16(with16(zip, LOCAL, 0, 8, 0), CENTRAL, 0, 10, 0), "two different sizes");
  }

  @Test
  void refusesAZipWhoseContentIsNotWhatItsHeadersSay() {
    byte[] zip = zip("a.txt", "hello");
    int descriptor = Archives.find(zip, 0x08074b50, 0);
    byte[] lying = with32(zip, CENTRAL, 0, 24, 6);
    Archives.little(lying).putInt(descriptor + 12, 6);
    assertRefused(lying, "not of the size or CRC");
    byte[] crc = with32(zip, CENTRAL, 0, 16, 1);
    Archives.little(crc).putInt(descriptor + 4, 1);
    assertRefused(crc, "not of the size or CRC");
  }

  @Test
  void refusesEncryptedEntriesAndUnknownMethods() {
    byte[] zip = zip("a.txt", "hello");
    assertRefused(
        with16(with16(zip, LOCAL, 0, 6, 9 | 1 << 11), CENTRAL, 0, 8, 9 | 1 << 11), "encrypted");
    assertRefused(with16(with16(zip, LOCAL, 0, 8, 12), CENTRAL, 0, 10, 12), "method 12");
  }

  @Test
  void refusesDataAroundAZip() {
    byte[] zip = zip("a.txt", "hello");
    assertRefused(concat(zip, bytes("x")), "behind its end");
    assertRefused(concat(zip, zip("b", "2")), "two ends");
    assertRefused(concat(Arrays.copyOf(zip, 4), zip), "around the archive");
    byte[] shifted = concat(Arrays.copyOf(zip, 4), zip); // with its offsets corrected
    shifted = with32(shifted, CENTRAL, 0, 42, 4);
    shifted = with32(shifted, END, 0, 16, Archives.find(zip, CENTRAL, 0) + 4);
    assertRefused(shifted, "before its first entry");
    assertRefused(Arrays.copyOf(zip, zip.length - 1), "no end");
    assertRefused(Arrays.copyOf(zip, 40), "no end");
  }

  @Test
  void takesACommentButNoSecondEndInIt() throws IOException {
    byte[] zip = concat(with16(zip("a", "1"), END, 0, 20, 40), bytes("0123456789".repeat(4)));
    try (Bundle bundle = inspect(zip)) {
      assertThat(bundle.files()).hasSize(1);
    }
    byte[] two =
        concat(
            with16(zip("a", "1"), END, 0, 20, 22),
            Arrays.copyOfRange(zip("b", "2"), zip("b", "2").length - 22, zip("b", "2").length));
    assertRefused(two, "two ends");
  }

  @Test
  void refusesEntriesThatShareBytes() {
    byte[] zip = zip("a.txt", "hello", "b.txt", "world");
    assertRefused(with32(zip, CENTRAL, 1, 42, 0), "overlaps");
    assertRefused(with32(zip, CENTRAL, 0, 20, 500), "overlaps");
  }

  @Test
  void refusesZip64Tricks() {
    byte[] zip = zip("a.txt", "hello");
    assertRefused(with32(zip, CENTRAL, 0, 24, -1), "zip64");
    assertRefused(with32(zip, END, 0, 16, -1), "zip64");
    assertRefused(with16(zip, END, 0, 10, 0xffff), "zip64");
  }

  @Test
  void refusesDataAroundATarGz() {
    byte[] archive = tarGz("a", "1");
    assertRefused(concat(archive, bytes("x")), "behind its end");
    assertRefused(concat(archive, archive), "behind its end");
    assertRefused(concat(archive, new byte[512]), "behind its end");
    assertRefused(gzip(concat(tar("a", "1"), bytes("x".repeat(512)))), "behind its end");
    assertRefused(gzip(concat(tar("a", "1"), tar("b", "2"))), "behind its end");
    assertRefused(gzip(concat(new byte[512], tar("a", "1"))), "two empty blocks");
    assertRefused(Arrays.copyOf(archive, archive.length - 1), "cut off");
    assertRefused(Arrays.copyOf(archive, archive.length - 9), "cut off");
    assertRefused(gzip(Arrays.copyOf(tar("a", "1"), 1024)), "two empty blocks");
    assertRefused(gzip(Arrays.copyOf(tar("a", "1"), 700)), "cut off");
    byte[] wrongCrc = archive.clone();
    wrongCrc[wrongCrc.length - 8] ^= 1;
    assertRefused(wrongCrc, "CRC");
  }

  @Test
  void refusesTarHeadersThatReadersUnderstandDifferently() {
    byte[] tar = tar("a", "1");
    byte[] broken = tar.clone();
    broken[0] = 'b';
    assertRefused(gzip(broken), "checksum");
    assertRefused(gzip(withHeader(tar, 257, bytes("evil"))), "magic");
    assertRefused(gzip(withHeader(tar, 124, (byte) 0x80)), "no octal number");
    assertRefused(gzip(withHeader(tar("a/", ""), 156, (byte) '0')), "ends in /");
    assertRefused(gzip(withHeader(tar, 156, (byte) '5')), "folder with content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size=99999",
        "GNU.sparse.major=1",
        "linkpath=/etc",
        "path=../evil",
        "hdrcharset=BINARY"
      })
  void refusesPaxHeadersThatMakeAnEntryAnother(String record) {
    String pax = (record.length() + 4) + " " + record + "\n";
    byte[] header = withHeader(tar("pax", pax), 156, (byte) 'x');
    byte[] archive = concat(Arrays.copyOf(header, 1024), tar("a", "1"));
    assertThat(refused(gzip(archive)).code()).isEqualTo("archive-refused");
    byte[] twice = concat(Arrays.copyOf(header, 1024), Arrays.copyOf(header, 1024), tar("a", "1"));
    assertRefused(gzip(twice), "second header");
    if (!record.startsWith("GNU") && !record.startsWith("hdr")) {
      byte[] global = withHeader(tar("pax", pax), 156, (byte) 'g');
      assertRefused(gzip(concat(Arrays.copyOf(global, 1024), tar("a", "1"))), "pax header");
    }
  }

  @Test
  void takesLongNamesInEveryCustomaryWay() throws IOException {
    String name = "folder/".repeat(20) + "é.py";
    byte[] gnuHeader = withHeader(tar("././@LongLink", name + "\0"), 156, (byte) 'L');
    byte[] gnu = gzip(concat(Arrays.copyOf(gnuHeader, 1024), tar("short", "1", "b", "2")));
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(1);
    byte[] pax =
        gzip(tar(new TarArchiveEntry[] {entry, sized("b")}, new byte[][] {bytes("1"), bytes("2")}));
    try (Bundle a = inspect(gnu);
        Bundle b = inspect(pax)) {
      assertThat(a.files()).extracting(BundleFile::path).containsExactly("b", name);
      assertThat(a.sha256()).isEqualTo(b.sha256());
    }
  }

  private static TarArchiveEntry sized(String name) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(1);
    return entry;
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

  @Test
  void namesWithoutUtf8AreRefused() {
    byte[] tar =
        withHeader(
            tar("aaaa", "1"), 0, "b\u00e9b".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertRefused(gzip(tar), "not UTF-8");
    assertThat(refused(gzip(tar)).violations().getFirst().pointer()).isEqualTo("/béba");
    assertThat(new String(bytes("é"), UTF_8)).isEqualTo("é");
  }
}

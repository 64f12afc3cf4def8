package io.byoa.bundle;

import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.concat;
import static io.byoa.bundle.Archives.gzip;
import static io.byoa.bundle.Archives.tar;
import static io.byoa.bundle.Archives.tarGz;
import static io.byoa.bundle.Archives.tarGzOf;
import static io.byoa.bundle.Archives.withHeader;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Violation;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a tar.gz can do to whoever reads it. */
final class TarInspectionTest extends Inspection {

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
  void namesWithoutUtf8AreRefused() {
    byte[] tar =
        withHeader(
            tar("aaaa", "1"), 0, "b\u00e9b".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertRefused(gzip(tar), "not UTF-8");
    assertThat(refused(gzip(tar)).violations().getFirst().pointer()).isEqualTo("/béba");
    assertThat(new String(bytes("é"), UTF_8)).isEqualTo("é");
  }
}

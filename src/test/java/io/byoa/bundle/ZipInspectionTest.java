package io.byoa.bundle;

import static io.byoa.bundle.Archives.CENTRAL;
import static io.byoa.bundle.Archives.END;
import static io.byoa.bundle.Archives.LOCAL;
import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.concat;
import static io.byoa.bundle.Archives.with16;
import static io.byoa.bundle.Archives.with32;
import static io.byoa.bundle.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What only a zip can do to whoever reads it. */
final class ZipInspectionTest extends Inspection {

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
}

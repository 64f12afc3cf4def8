package io.byoa.bundle;

import static io.byoa.bundle.Archives.bytes;
import static io.byoa.bundle.Archives.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Valid archives with a few bytes changed: each one is refused as the policy says, or is a bundle
 * that keeps every promise. The seed is printed; {@code -Dbyoa.fuzz.seed=… -Dbyoa.fuzz.rounds=…}
 * choose others.
 */
final class ArchiveFuzzTest {

  private static final long SEED = Long.getLong("byoa.fuzz.seed", 20261121L);
  private static final int ROUNDS = Integer.getInteger("byoa.fuzz.rounds", 1200);

  private static final int[] NUMBERS = {
    0, 1, 2, 8, 20, 22, 0x7fff, 0x8000, 0xffff, -1, -2, 1 << 31
  };
  private static final List<String> NAMES =
      List.of(
          "../../x", "/etc/pw", "a\\b\\c..", "train.p", "TRAIN.P", "c:/auto", "__MACOS", "./.././");

  private static final String[] TREE = {
    "train.py",
    "#!/usr/bin/python\n",
    "lib/util.py",
    "pass",
    "data/x.csv",
    "1,2\n".repeat(500),
    "é.txt",
    "",
    "long/" + "folder/".repeat(16) + "file",
    "deep"
  };

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  @Test
  @SuppressWarnings("SystemOut") // The seed, to run it again.
  void refusesOrKeepsEveryPromise() throws IOException {
    System.out.printf("ArchiveFuzzTest: byoa.fuzz.seed=%d, %d rounds%n", SEED, ROUNDS);
    byte[] zip = Archives.zip(TREE);
    byte[] tar = Archives.tar(TREE);
    byte[] tarGz = gzip(tar);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] archive =
          switch (round % 3) {
            case 0 -> mutated(zip, zip);
            case 1 -> gzip(repaired(mutated(tar, tar)));
            default -> mutated(tarGz, zip);
          };
      accepted += survives(archive, round) ? 1 : 0;
    }
    // Were everything refused, or everything accepted, it would say nothing.
    assertThat(accepted).isBetween(ROUNDS / 50, ROUNDS * 4 / 5);
  }

  private boolean survives(byte[] archive, int round) throws IOException {
    Path uploads = folder.resolve("uploads");
    BundleInspector inspector =
        new BundleInspector(new TestBundleConfig(uploads), Clock.systemUTC());
    boolean accepted = false;
    try (Bundle bundle = inspector.inspect(new ByteArrayInputStream(archive))) {
      check(bundle);
      accepted = true;
    } catch (FailureException e) {
      assertThat(e.failure())
          .isInstanceOfAny(Failure.Invalid.class, Failure.UnsupportedMediaType.class);
    } catch (IOException | RuntimeException e) {
      fail("Round %d of seed %d: %s".formatted(round, SEED, HexFormat.of().formatHex(archive)), e);
    }
    if (Files.exists(uploads)) {
      assertThat(uploads).as("round " + round).isEmptyDirectory();
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).as("round " + round).allMatch(uploads::equals);
    }
    return accepted;
  }

  private static void check(Bundle bundle) throws IOException {
    assertThat(bundle.files()).isNotEmpty();
    assertThat(Sha256.of(bundle.file())).isEqualTo(bundle.sha256());
    assertThat(Files.size(bundle.file())).isEqualTo(bundle.size());
    List<String> paths = bundle.files().stream().map(BundleFile::path).toList();
    assertThat(paths).isSortedAccordingTo(BundleFile.BY_NAME).doesNotHaveDuplicates();
    assertThat(paths)
        .allSatisfy(path ->
            assertThat(path)
                .doesNotStartWith("/")
                .doesNotContain("\\", "//")
                .doesNotContainPattern("(^|/)\\.{1,2}(/|$)|\\p{Cntrl}|(^|/)[A-Za-z]:"));
    try (InputStream tar = Files.newInputStream(bundle.file())) {
      assertThat(CanonicalTar.list(tar)).isEqualTo(bundle.files());
    }
  }

  private byte[] mutated(byte[] archive, byte[] other) {
    byte[] changed = archive;
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed = mutatedOnce(changed, other);
    }
    return changed;
  }

  private byte[] mutatedOnce(byte[] archive, byte[] other) {
    if (archive.length < 32) {
      return archive;
    }
    byte[] changed = archive.clone();
    int at = random.nextInt(changed.length - 16);
    int length = 1 + random.nextInt(16);
    ByteBuffer little = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    int number = NUMBERS[random.nextInt(NUMBERS.length)];
    switch (random.nextInt(10)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> little.putShort(at, (short) number);
      case 2 -> little.putInt(at, number);
      case 3 -> little.putInt(nearHeader(changed) % (changed.length - 4), number);
      case 4 -> little.putShort(nearHeader(changed) % (changed.length - 2), (short) number);
      case 5 -> changed = rename(changed);
      case 6 -> changed = cut(changed, at, at + length, new byte[0]);
      case 7 ->
          changed = cut(changed, at, at, Arrays.copyOfRange(other, at % 16, at % 16 + length));
      case 8 -> changed = cut(changed, at, at, Arrays.copyOfRange(changed, at / 2, at));
      default -> changed[at] = (byte) random.nextInt(256);
    }
    return changed;
  }

  /** A place in some header: behind "PK" in a zip, in the first half of a block in a tar. */
  private int nearHeader(byte[] archive) {
    int start = random.nextInt(archive.length);
    for (int i = start; i + 1 < archive.length; i++) {
      if (archive[i] == 'P' && archive[i + 1] == 'K') {
        return i + random.nextInt(46);
      }
    }
    return start / 512 * 512 + random.nextInt(300);
  }

  /** Everywhere in the archive the same, as both headers of a zip need it. */
  private byte[] rename(byte[] archive) {
    byte[] from = bytes("train.py");
    byte[] to = Arrays.copyOf(bytes(NAMES.get(random.nextInt(NAMES.size())) + "xxx"), from.length);
    byte[] changed = archive.clone();
    for (int i = 0; i + from.length <= changed.length; i++) {
      if (Arrays.equals(changed, i, i + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, changed, i, to.length);
      }
    }
    return changed;
  }

  private static byte[] cut(byte[] bytes, int from, int to, byte[] replacement) {
    return Archives.concat(
        Arrays.copyOf(bytes, from), replacement, Arrays.copyOfRange(bytes, to, bytes.length));
  }

  /** Checksums made right again, mostly, so that what lies behind them is reached. */
  private byte[] repaired(byte[] tar) {
    if (random.nextInt(8) == 0) {
      return tar;
    }
    byte[] repaired = tar.clone();
    for (int at = 0; at + 512 <= tar.length; at += 512) {
      byte[] block = Arrays.copyOfRange(repaired, at, at + 512);
      boolean header = Arrays.equals(block, 257, 262, bytes("ustar"), 0, 5);
      if (header) {
        byte[] sum = bytes("%06o\0 ".formatted(TarHeader.checksum(block)));
        System.arraycopy(sum, 0, repaired, at + 148, 8);
      }
    }
    return repaired;
  }
}

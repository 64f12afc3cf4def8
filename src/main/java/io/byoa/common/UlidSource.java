package io.byoa.common;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * ULIDs (github.com/ulid/spec): 48 bits of milliseconds and 80 random bits. Within one millisecond
 * the random part counts up, so ids of one source sort in the order they were made.
 */
final class UlidSource implements IdSource {

  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();
  private long lastMillis = -1;
  private long high; // the upper 16 of the 80 random bits
  private long low; // the lower 64

  UlidSource(InstantSource time) {
    this.time = time;
  }

  @Override
  public synchronized String next() {
    long millis = time.millis();
    if (millis > lastMillis) {
      lastMillis = millis;
      // One bit stays free at the top, so that counting up within a millisecond cannot overflow.
      high = random.nextInt(1 << 15);
      low = random.nextLong();
    } else if (++low == 0) {
      high++;
    }
    char[] id = new char[26];
    put(id, 0, 10, lastMillis);
    long upper = (high << 24) | (low >>> 40);
    put(id, 10, 8, upper);
    put(id, 18, 8, low & 0xFF_FFFF_FFFFL);
    return new String(id);
  }

  private static void put(char[] id, int from, int length, long bits) {
    for (int i = from + length - 1; i >= from; i--) {
      id[i] = ALPHABET[(int) (bits & 31)];
      bits >>>= 5;
    }
  }
}

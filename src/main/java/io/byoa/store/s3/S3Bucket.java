package io.byoa.store.s3;

import io.byoa.common.Failure;
import io.byoa.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of S3 is the store.
 *
 * @param name the bucket's
 * @param prefix what all keys in it begin with: empty, or ending in {@code /}
 * @param owner the account that must own it, 12 digits
 */
record S3Bucket(String name, String prefix, String owner) {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** Refuses a prefix that is no folder, and an owner that is no account. */
  S3Bucket {
    if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
      throw new IllegalArgumentException("Not a folder: " + prefix);
    }
    if (!isAccount(owner)) {
      throw new IllegalArgumentException("Not an account: " + owner);
    }
  }

  static boolean isAccount(String text) {
    return ACCOUNT.matcher(text).matches();
  }

  /** The object's name in the bucket. */
  String key(ObjectKey key) {
    String whole = prefix + key.value();
    int over = whole.getBytes(StandardCharsets.UTF_8).length - ObjectKey.MAX_BYTES;
    if (over > 0) {
      throw new Failure.Invalid(
              "path-too-long",
              "A path is too long for the store by %d bytes: %s. Shorten it.".formatted(over, key))
          .raise();
    }
    return whole;
  }

  /** The key of what has this name in the bucket; empty when we cannot have stored it. */
  Optional<ObjectKey> parse(String name) {
    try {
      return Optional.of(new ObjectKey(name.substring(prefix.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Such as the empty objects that consoles show as folders.
    }
  }

  /** For the operator. */
  String place() {
    return "s3://" + name + "/" + prefix;
  }
}

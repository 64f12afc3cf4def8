package io.byoa.common;

import java.util.Locale;

/** Media types as clients write them (RFC 9110 section 8.3.1). */
public final class MediaTypes {

  private MediaTypes() {}

  /** Type and subtype alone, in lower case: what two spellings of one media type share. */
  public static String essence(String mediaType) {
    return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}

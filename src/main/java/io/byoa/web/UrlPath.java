package io.byoa.web;

import java.net.URI;
import java.net.URISyntaxException;

/** A file's path as a part of a URL. */
public final class UrlPath {

  private UrlPath() {}

  /** Escapes what a URL's path cannot hold; slashes stay. */
  public static String encode(String path) {
    try {
      String raw = new URI(null, null, "/" + path, null).toASCIIString();
      // Semicolons would start a matrix parameter.
      return raw.substring(1).replace(";", "%3B");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a path: " + path, e);
    }
  }
}

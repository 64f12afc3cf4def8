package io.byoa.common;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a file in {@code Content-Disposition} (RFC 6266), written and read. */
public final class AttachmentName {

  private static final Pattern EXTENDED =
      Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*(utf-8|iso-8859-1)'[^']*'([^;\\s]*)");
  private static final Pattern PLAIN =
      Pattern.compile("(?i);\\s*filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s\"]+))");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private AttachmentName() {}

  /** The header that makes a browser save an answer under this name, whatever it holds. */
  public static String header(String fileName) {
    StringBuilder plain = new StringBuilder();
    fileName
        .codePoints()
        .forEach(c ->
            plain.append(
                c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_' : (char) c));
    String header = "attachment; filename=\"" + plain + "\"";
    return plain.toString().equals(fileName)
        ? header
        : header + "; filename*=UTF-8''" + encode(fileName);
  }

  private static String encode(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(String.format("%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }

  /**
   * The name that a request's header carries, if any; {@code filename*} before {@code filename}.
   * The caller decides whether it is a safe one.
   *
   * @param header as it came; bytes beyond ASCII are taken as UTF-8, which is what curl sends
   * @throws FailureException 400 {@code content-disposition-malformed}
   */
  public static Optional<String> parse(String header) {
    String withType = ";" + header;
    Matcher extended = EXTENDED.matcher(withType);
    if (extended.find()) {
      Charset charset =
          extended.group(1).equalsIgnoreCase("utf-8")
              ? StandardCharsets.UTF_8
              : StandardCharsets.ISO_8859_1;
      return Optional.of(text(unescape(extended.group(2)), charset));
    }
    Matcher plain = PLAIN.matcher(withType);
    if (plain.find()) {
      String name =
          plain.group(1) == null ? plain.group(2) : plain.group(1).replaceAll("\\\\(.)", "$1");
      return Optional.of(text(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
    if (header.toLowerCase(Locale.ROOT).contains("filename")) {
      throw malformed();
    }
    return Optional.empty();
  }

  private static byte[] unescape(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (i + 2 >= encoded.length()
          || !HexFormat.isHexDigit(encoded.charAt(i + 1))
          || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
        throw malformed();
      }
      bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
      i += 2;
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static RuntimeException malformed() {
    return new Failure.Malformed(
            "content-disposition-malformed",
            "Content-Disposition cannot be read. Write attachment; filename=\"data.csv\", and names"
                + " beyond ASCII as filename*=UTF-8''d%C3%A4ta.csv.")
        .raise();
  }
}

package io.byoa.web;

import io.byoa.common.AttachmentName;
import io.byoa.common.Sha256;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Immutable content that a client saves as a file: an attachment, whatever it holds, with its
 * digest as {@code ETag} and {@code Repr-Digest} (RFC 9530).
 *
 * @param fileName how it is saved; its end tells the media type
 * @param size bytes
 * @param sha256 of all bytes
 * @param whole opens all bytes; the stream fails at its end when they are not the right ones, and
 *     then the client gets less than was announced
 * @param part opens a part; null when parts would cost as much as the whole, which is sent instead
 */
public record Download(
    String fileName, long size, Sha256 sha256, Supplier<InputStream> whole, @Nullable Part part) {

  /** How long a client may keep what never changes. */
  private static final String CACHE = "private, max-age=31536000, immutable";

  /** Opens a part of the content. */
  @FunctionalInterface
  public interface Part {

    /** So many bytes from this one on; both lie within the content. */
    InputStream open(long from, long length);
  }

  /** An answer that sends the client to the store; such links live minutes, so nobody keeps it. */
  public static Response elsewhere(URI link) {
    return Response.seeOther(link).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /**
   * 200 with everything, 206 with a part, or 304 when the client has it.
   *
   * @throws ClientErrorException 416
   */
  public Response answer(DownloadRequest request) {
    ETag tag = ETag.of(sha256);
    if (request.conditions().unchanged(tag)) {
      return Response.notModified()
          .header(HttpHeaders.ETAG, tag.toString())
          .header(HttpHeaders.CACHE_CONTROL, CACHE)
          .build();
    }
    Response.ResponseBuilder answer;
    Optional<ByteRange> range = part == null ? Optional.empty() : request.range(tag, size);
    if (part == null || range.isEmpty()) {
      answer = body(Response.ok(), size, new HeldBackStream(whole.get(), abort()).begun());
    } else if (range.get().isSatisfiable()) {
      ByteRange wanted = range.get();
      answer =
          body(Response.status(206), wanted.length(), part.open(wanted.from(), wanted.length()));
      answer.header("Content-Range", wanted.contentRange(size));
    } else {
      // Thrown, so that it is answered like every other refusal.
      throw new ClientErrorException(
          Response.status(416).header("Content-Range", range.get().contentRange(size)).build());
    }
    return answer
        .type(FileType.mediaType(fileName))
        .header(HttpHeaders.ETAG, tag.toString())
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .header("Accept-Ranges", part == null ? "none" : "bytes")
        .header("Repr-Digest", "sha-256=:" + base64(sha256) + ":")
        .header(HttpHeaders.CONTENT_DISPOSITION, AttachmentName.header(fileName))
        .build();
  }

  /**
   * Breaks the answer off where some of it is on its way already; before, a problem is answered.
   */
  private static Runnable abort() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    HttpServerResponse response = request.serverRequest().unwrap(HttpServerResponse.class);
    return () -> {
      if (response.headWritten()) {
        response.reset();
      }
    };
  }

  private static Response.ResponseBuilder body(
      Response.ResponseBuilder answer, long length, InputStream content) {
    InputStream paced = new PacedStream(content, Objects.requireNonNull(Vertx.currentContext()));
    return answer.entity(paced).header(HttpHeaders.CONTENT_LENGTH, length);
  }

  private static String base64(Sha256 digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }
}

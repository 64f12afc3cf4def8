package io.byoa.store.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes as they arrive. When they stop arriving, that is the store's failure; when the
 * reader stops, the connection is dropped instead of read to its end.
 */
final class S3Body extends InputStream {

  private final ResponseInputStream<GetObjectResponse> body;
  private final S3Failures failures;
  private boolean ended;

  S3Body(ResponseInputStream<GetObjectResponse> body, S3Failures failures) {
    this.body = body;
    this.failures = failures;
  }

  /** The size of the whole object, also when this is a part of it. */
  long total() {
    String range = body.response().contentRange();
    return range == null
        ? body.response().contentLength()
        : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      int n = body.read(buffer, offset, length);
      ended = n < 0;
      return n;
    } catch (IOException e) {
      throw failures.failed(e);
    } catch (SdkException e) {
      throw failures.failed(e);
    }
  }

  void abort() {
    body.abort();
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      body.close();
    } else {
      body.abort();
    }
  }
}

package io.byoa.store.s3;

import io.byoa.store.ListedObject;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects whose keys begin alike, fetched a page (1,000) at a time, as they are asked for. */
record S3Listing(S3Calls calls) {

  Stream<ListedObject> below(String prefix) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(calls.bucket().name())
            .prefix(calls.bucket().prefix() + prefix)
            .build();
    Iterator<S3Object> objects =
        calls
            .failures()
            .translated(() -> calls.client().listObjectsV2Paginator(request).contents().iterator());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new Pages(objects, calls.failures()), Spliterator.ORDERED),
            false)
        .flatMap(object ->
            calls
                .bucket()
                .parse(object.key())
                .map(key -> new ListedObject(key, object.size(), object.lastModified()))
                .stream());
  }

  /** Each step may fetch a page, and fail as calls do. */
  private record Pages(Iterator<S3Object> objects, S3Failures failures)
      implements Iterator<S3Object> {

    @Override
    public boolean hasNext() {
      return failures.translated(objects::hasNext);
    }

    @Override
    public S3Object next() {
      return failures.translated(objects::next);
    }
  }
}

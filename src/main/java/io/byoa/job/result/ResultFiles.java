package io.byoa.job.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.byoa.engine.FileList;
import io.byoa.engine.Outputs;
import io.byoa.job.Job;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a result, the model's before the others and the list of packages last, read while
 * they are written to the client: however many there are, one at a time is in memory.
 */
@JsonSerialize(using = ResultFiles.Writer.class)
record ResultFiles(ObjectStore store, Job job, Outputs outputs) {

  static final class Writer extends JsonSerializer<ResultFiles> {

    @Override
    public void serialize(ResultFiles files, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      write(files, files.outputs.model(), ResultView.MODEL, json, provider);
      write(files, files.outputs.data(), ResultView.OUTPUT, json, provider);
      StoredObject packages = files.outputs.packages();
      if (packages != null) {
        provider.defaultSerializeValue(ResultView.FileView.whole(files.job, packages), json);
      }
      json.writeEndArray();
    }

    private static void write(
        ResultFiles files,
        Outputs.@Nullable Archive archive,
        String folder,
        JsonGenerator json,
        SerializerProvider provider)
        throws IOException {
      if (archive == null) {
        return;
      }
      try (Stream<Outputs.Member> members = FileList.read(files.store, archive)) {
        for (Iterator<Outputs.Member> each = members.iterator(); each.hasNext(); ) {
          provider.defaultSerializeValue(
              ResultView.FileView.of(files.job, folder, each.next()), json);
        }
      }
    }
  }
}

package io.byoa.engine.local.output;

import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What a program left that does not go into the store: all of it counted, some of it told. */
final class LeftOut {

  private static final int EXAMPLES = 20;

  private final List<String> examples = new ArrayList<>();
  private long count;

  void add(String sentence) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(sentence);
    }
  }

  /** Tells it in the launch's log; once, also when this is done again after a crash. */
  void tell(LaunchFolder folder) throws IOException {
    if (count == 0 || Files.exists(folder.told())) {
      return;
    }
    AtomicFile.mark(folder.told());
    JobLog log = new JobLog(folder.log());
    for (String sentence : examples) {
      log.note(sentence);
    }
    if (count > examples.size()) {
      log.note("%d more were left out.".formatted(count - examples.size()));
    }
  }
}

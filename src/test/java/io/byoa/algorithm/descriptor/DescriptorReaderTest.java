package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.FULL;
import static io.byoa.algorithm.descriptor.Descriptors.LEAST;
import static io.byoa.algorithm.descriptor.Descriptors.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorReaderTest {

  @Test
  void readsEveryField() {
    Descriptor descriptor = read(FULL);
    assertThat(descriptor.name()).isEqualTo("iris-tree");
    assertThat(descriptor.version()).hasToString("1.4.0");
    assertThat(descriptor.runtime()).hasToString("python 3.11");
    assertThat(descriptor.entryPoint()).isEqualTo(new EntryPoint.Script("train.py"));
    assertThat(descriptor.hyperParameters().names()).containsExactly("max_leaf_nodes", "criterion");
    assertThat(descriptor.channels())
        .containsExactly(
            new Channel("training", true, List.of("text/csv"), "CSV, label first, no header."));
    assertThat(descriptor.metrics().getFirst().match("epoch 3 accuracy=0.97 ok")).hasValue(0.97);
    assertThat(descriptor.stoppingCondition()).isEqualTo(new StoppingCondition(3600, 7200));
    assertThat(descriptor.environment()).containsEntry("OMP_NUM_THREADS", "2");
  }

  @Test
  void completesWhatIsLeftOut() {
    assertThat(read(LEAST).json().text())
        .isEqualTo(
            """
            {"name":"a","version":"1.0.0","description":"",\
            "runtime":{"language":"python","version":"3.11"},"entryPoint":"train.py",\
            "arguments":"flags","hyperParameters":{"type":"object","properties":{},\
            "additionalProperties":false},"channels":[],"metrics":[],\
            "resources":{"instanceTypes":["ml.m5.large"],"instanceCount":1,"volumeSizeInGB":10},\
            "stoppingCondition":{"maxRuntimeInSeconds":3600},\
            "retryStrategy":{"maximumRetryAttempts":2},"spot":false,"checkpoints":false,\
            "networkIsolation":false,"packaging":"archive","environment":{}}\
            """);
  }

  @Test
  void readsBackWhatItWrote() {
    for (String json : List.of(FULL, LEAST)) {
      Descriptor descriptor = read(json);
      String stored = descriptor.toJson();
      assertThat(DescriptorReader.readStored(stored).toJson()).isEqualTo(stored);
      assertThat(read(stored).toJson()).isEqualTo(stored);
    }
  }
}

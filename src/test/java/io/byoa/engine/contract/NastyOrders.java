package io.byoa.engine.contract;

import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Orders in which something is likely to get lost between a client and a program. */
final class NastyOrders {

  /** Strings that are, or nearly are, something else to a reader of JSON or to Python. */
  private static final List<String> STRINGS =
      List.of(
          "",
          " ",
          "7",
          " 7 ",
          "07",
          "+7",
          "-0",
          "0.10",
          ".5",
          "5.",
          "1e5",
          "1e",
          "1E400",
          "0x10",
          "1_000",
          "true",
          "True",
          "TRUE",
          "false",
          "null",
          "None",
          "NaN",
          "nan",
          "Infinity",
          "-Infinity",
          "-NaN",
          "+Infinity",
          "inf",
          "[1, 2]",
          "[1, 2",
          "[1,]",
          "{}",
          "[]",
          "{\"a\": 1, \"a\": 2}",
          "{\"b\": {\"c\": [1, \"x\"]}, \"a\": null}",
          "{'a': 1}",
          "\"quoted\"",
          "\"",
          "\"a\nb\"",
          "\ufeff1",
          "1\u00a0",
          "١",
          "\"\\u00e9\"",
          "\"\\ud83c\\udf38\"",
          "[\"\\ud800\"]",
          "[\"\\u0000\"]",
          "\"\\x41\"",
          "\"\\/\"",
          "\u2028",
          "é",
          "🌸",
          "a\\nb",
          "--flag",
          "-",
          "$(id)",
          "it's",
          "it's \"it\"",
          "// comment",
          "1 2",
          "[".repeat(5) + "]".repeat(5),
          "9".repeat(4300),
          "9".repeat(4301),
          "-" + "9".repeat(4300),
          "[" + "9".repeat(4301) + "]",
          "9".repeat(4301) + ".0",
          "1" + "0".repeat(400) + "e-400");

  /** Values that are not strings. */
  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "1.0",
          "-0.0",
          "0.10",
          "1e5",
          "1E-5",
          "1e16",
          "1e400",
          "-1e400",
          "5e-324",
          "123456789012345678901234567890",
          "true",
          "false",
          "null",
          "[]",
          "{}",
          "[[]]",
          "[{}]",
          "[null, true, false, 1.50, \"a\"]",
          "[\"'\", \"\\\"\", \"'\\\"\", \"\\\\\", \"\\n\\t\\r\"]",
          "[\"é\", \"\\u00a0\", \"\\u00ad\", \"\\u200b\", \"🌸\", \"\\ud83c\\udf38\", \"\\ue000\", \"\\ud800\", \"\\u0000\", \"\\u007f\", \"\\uffff\"]",
          "{\"b\": 1, \"a\": {\"z\": [1, {\"y\": null}], \"k\": \"it's\"}, \"c\": \"x,y=z\"}",
          "{\"\\ud83c\\udf38\": 1, \"\\uffee\": 2, \"a\": true}",
          "{\"a\": null, \"A\": 1.0, \"\": []}",
          "{\"a\": 1, \"b\": 2, \"a\": 3}",
          "[{\"b\": 1, \"a\": 2, \"b\": 3}]",
          "[1e400, -1e400, -0.0, 1e22, 1e21]");

  private NastyOrders() {}

  static List<TrainingOrder> all() {
    List<TrainingOrder> orders = new ArrayList<>();
    orders.add(Orders.scriptMode(Map.of()));
    orders.add(Orders.rich(ArgumentStyle.SCRIPT_MODE));
    Stream.concat(STRINGS.stream().map(JsonText::quote), VALUES.stream())
        .map(value -> Orders.scriptMode(Map.of("value", value, "v", value)))
        .forEach(orders::add);
    orders.addAll(names());
    orders.addAll(toolkitNames());
    orders.addAll(surroundings());
    return orders;
  }

  private static List<TrainingOrder> names() {
    return List.of(
        Orders.scriptMode(Map.of("x", "1", "X", "2", "-", "3", "_", "4", "é", "5", "🌸", "6")),
        Orders.scriptMode(Map.of("lr", "1", "LR", "2", "Lr", "3", "l-r", "4", "l_r", "5")),
        Orders.scriptMode(Map.of("a-b_c", "1", "a_b-c", "2", "ss", "3", "ß", "4")),
        // By UTF-16 unit the flower would come first.
        Orders.scriptMode(Map.of("\uffee", "1", "🌸", "2", "z", "3", "ﬁ", "4")),
        Orders.scriptMode(
            Map.of("s", "1", "hps", "2", "hosts", "3", "with space", "4", "a.b", "5")));
  }

  private static List<TrainingOrder> toolkitNames() {
    List<TrainingOrder> orders = new ArrayList<>();
    orders.add(
        Orders.scriptMode(
            Map.of(
                "sagemaker_program", "\"other.py\"",
                "sagemaker_region", "\"eu-west-1\"",
                "sagemaker_job_name", "\"x\"",
                "sagemaker_container_log_level", "10",
                "sagemaker_submit_directory", "\"s3://bucket/code.tar.gz\"",
                "sagemaker_unknown", "[1.0, \"a\"]",
                "default_user_module_name", "\"x\"",
                "_tuning_objective_metric", "\"loss\"",
                "sagemaker", "1",
                "Sagemaker_x", "2")));
    for (String value : List.of("true", "false", "0", "\"\"", "\"x\"", "[]", "{\"a\":1}", "null")) {
      orders.add(Orders.scriptMode(Map.of("sagemaker_torch_distributed_enabled", value)));
      orders.add(Orders.scriptMode(Map.of("sagemaker_parameter_server_enabled", value)));
    }
    for (String groups :
        List.of("[\"homogeneousCluster\"]", "[\"x\"]", "[]", "\"homogeneousCluster2\"")) {
      orders.add(Orders.scriptMode(Map.of("sagemaker_distribution_instance_groups", groups)));
    }
    for (String folder : List.of("null", "1.50", "[\"a\"]")) {
      orders.add(Orders.scriptMode(Map.of("sagemaker_submit_directory", folder)));
      orders.add(Orders.scriptMode(Map.of("sagemaker_container_log_level", folder)));
    }
    return orders;
  }

  /** Entries, channels and environments out of the ordinary. */
  private static List<TrainingOrder> surroundings() {
    List<TrainingOrder> orders = new ArrayList<>();
    for (String entry :
        List.of("a/b/train.py", "train.sh", "train", "train.PY", ".py", "x.py.py", "train.R")) {
      orders.add(
          Orders.order(
              new Entry.Script(entry),
              ArgumentStyle.SCRIPT_MODE,
              Map.of("a", "1"),
              List.of(),
              Map.of(),
              true));
    }
    orders.add(
        Orders.order(
            new Entry.Script("train.py"),
            ArgumentStyle.SCRIPT_MODE,
            Map.of(),
            List.of(
                Orders.input("b", "text/csv; charset=\"utf-8\""),
                Orders.input("a.b-c_d", null),
                Orders.input("B", "é"),
                Orders.input("s", "")),
            Map.of(),
            false));
    for (String parallel : List.of("", "{}", "{\"ddp\":true}")) {
      orders.add(
          Orders.order(
              new Entry.Script("train.py"),
              ArgumentStyle.SCRIPT_MODE,
              Map.of(),
              List.of(),
              Map.of("SM_HP_MP_PARAMETERS", parallel),
              false));
    }
    return orders;
  }
}

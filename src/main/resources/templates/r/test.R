# Runs train.R as the platform does, on data/sample.csv: Rscript test.R (in this folder)

job <- tempfile("job")
dir.create(job)
Sys.setenv(
  SM_CHANNEL_TRAINING = file.path(getwd(), "data"),
  SM_MODEL_DIR = file.path(job, "model"),
  SM_OUTPUT_DIR = file.path(job, "output")
)

train <- function(...) {
  log <- file.path(job, "log")
  status <- system2(file.path(R.home("bin"), "Rscript"), c("train.R", ...), stdout = log, stderr = log)
  list(status = status, log = readLines(log))
}

run <- train("--confidence", "0.9", "--target", "population")
stopifnot(
  "the program ends well" = run$status == 0,
  "it prints r_squared" = any(grepl("\\br_squared=[0-9.]+", run$log)),
  "it prints rmse" = any(grepl("\\brmse=[0-9.]+", run$log)),
  "it leaves a model" = inherits(readRDS(file.path(job, "model", "model.rds")), "lm"),
  "it leaves the coefficients" = file.exists(file.path(job, "output", "data", "coefficients.csv"))
)

run <- train("--target", "nothing")
stopifnot(
  "it refuses an unknown column" = run$status != 0,
  "it says why" = any(grepl("no column 'nothing'", readLines(file.path(job, "output", "failure"))))
)
cat("All good.\n")

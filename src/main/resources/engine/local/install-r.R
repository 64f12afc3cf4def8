# Installs the packages that a file lists, one a line: LIBRARY FILE
given <- commandArgs(trailingOnly = TRUE)
library <- given[1]
lines <- trimws(sub("#.*", "", readLines(given[2], warn = FALSE)))
wanted <- unique(lines[lines != ""])
odd <- wanted[!grepl("^[A-Za-z][A-Za-z0-9.]*$", wanted)]
if (length(odd) > 0) stop("Not names of packages: ", paste(odd, collapse = ", "), call. = FALSE)
repos <- getOption("repos")
if (is.null(repos) || identical(unname(repos["CRAN"]), "@CRAN@")) repos <- c(CRAN = "https://cloud.r-project.org")
missing <- setdiff(wanted, rownames(installed.packages()))
if (length(missing) > 0) install.packages(missing, lib = library, repos = repos, quiet = FALSE)
there <- installed.packages(lib.loc = c(library, .libPaths()))
failed <- setdiff(wanted, rownames(there))
if (length(failed) > 0) stop("Not installed: ", paste(failed, collapse = ", "), call. = FALSE)
mine <- installed.packages(lib.loc = library)
writeLines(paste0(mine[, "Package"], "==", mine[, "Version"]), file.path(library, "byoa-packages.txt"))

#include <string_view>

#include "cli/commands.h"
#include "source/job_child.h"

/// source/job.cc looks for this: the program can be started again to do a job.
extern "C" int vigil_runs_jobs();
int vigil_runs_jobs() {
  return 1;
}

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == vigil::source::kJobWord) {
    return vigil::source::job_main(argc, argv);
  }
  return vigil::cli::run(argc, argv);
}

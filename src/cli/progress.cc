#include "cli/progress.h"

#include <cstdio>
#include <string>

namespace vigil::cli {

void Progress::show(std::string_view what, std::size_t done, std::size_t total,
                    std::string_view detail) {
  if (!terminal_.is_terminal) return;
  std::string line(what);
  if (total != 0) line += " " + std::to_string(done) + "/" + std::to_string(total);
  line += "  ";
  line += plain(detail);
  line = "\r\x1b[K" + shorten(line, terminal_.width - 1);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace vigil::cli

// One line on standard error that says how far a long work is; nothing where that is no terminal.
#pragma once

#include <cstddef>
#include <string_view>

#include "cli/terminal.h"

namespace vigil::cli {

class Progress {
 public:
  Progress() : terminal_(Terminal::of_stderr()) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Wipes the line.
  ~Progress() { clear(); }

  /// "Reading 12/117  osv/PyPI/all.zip"; `total` 0: without the numbers.
  void show(std::string_view what, std::size_t done, std::size_t total, std::string_view detail);
  void clear();

 private:
  Terminal terminal_;
  bool drawn_ = false;
};

}  // namespace vigil::cli

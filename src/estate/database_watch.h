// Notices when a package database changes: inotify on the directories that the cataloguers' fixed
// places lie in.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::estate {

class DatabaseWatch {
 public:
  /// The places below `root`. A watch without inotify notices nothing; `works` says so.
  explicit DatabaseWatch(const std::string& root);
  DatabaseWatch(const DatabaseWatch&) = delete;
  DatabaseWatch& operator=(const DatabaseWatch&) = delete;
  ~DatabaseWatch();

  [[nodiscard]] bool works() const { return inotify_ >= 0; }
  /// To be polled for reading; -1 if it does not work.
  [[nodiscard]] int descriptor() const { return inotify_; }

  /// Looks for directories that have come into being since.
  void look_again();
  /// Takes all that happened; true if something of it may be a change of a package database.
  bool take_changes();

 private:
  struct Place {
    std::set<std::string> names;  ///< files whose names begin so; empty: all
  };
  std::map<std::string, Place> places_;  ///< by directory
  std::map<int, const Place*> watched_;  ///< by inotify's number
  int inotify_ = -1;
};

}  // namespace vigil::estate

#include "base/log.h"

#include <cstdio>
#include <string>

#include "base/text.h"

namespace vigil::base {

namespace {

void say(std::string_view kind, std::string_view message) {
  const std::string line = "vigil: " + std::string(kind) + printable(message) + "\n";
  static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
}

}  // namespace

void warn(std::string_view message) {
  say("warning: ", message);
}

void note(std::string_view message) {
  say("", message);
}

}  // namespace vigil::base

#include "base/logger.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"

namespace vigil::base {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warning", "error"};

void append_value(JsonWriter& json, const LogField& field) {
  std::visit([&](const auto& value) { json.member(field.name, value); }, field.value);
}

/// A word stands as it is, everything else in quotes: a line can be taken apart again.
std::string word(std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(" =\"\\") == std::string_view::npos &&
                     printable(text) == text;
  if (plain) return std::string(text);
  JsonWriter json;
  json.value(text);
  return json.take();
}

std::string people_line(std::string_view level, std::string_view message, Logger::Fields fields,
                        std::int64_t time) {
  std::string line = format_time(time);
  line += ' ';
  line += level;
  line += ' ';
  line += printable(message);
  for (const LogField& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      line += word(*text);
    } else {
      JsonWriter json;
      std::visit([&](const auto& value) { json.value(value); }, field.value);
      line += json.text();
    }
  }
  return line;
}

}  // namespace

std::string Logger::line(LogLevel level, std::string_view message, Fields fields,
                         std::int64_t time) const {
  const std::string_view name = kLevels[static_cast<std::size_t>(level)];
  if (!json_) return people_line(name, message, fields, time) + "\n";
  JsonWriter json;
  json.begin_object().member("time", format_time(time)).member("level", name);
  json.member("message", message);
  for (const LogField& field : fields) append_value(json, field);
  json.end_object();
  return json.take() + "\n";
}

void Logger::write(LogLevel level, std::string_view message, Fields fields) {
  if (level < least_) return;
  const std::string text = line(level, message, fields, std::time(nullptr));
  const std::lock_guard lock(mutex_);
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
}

}  // namespace vigil::base

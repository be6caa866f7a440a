// Structured logs of a long-running process: one line per event on standard error, as
// `time level message name=value ...` for people or as JSON for machines. Never given secrets: what
// is logged is named field by field, no request or header is logged whole.
//
//   logger.info("ingested", {{"resource", id}, {"opened", 3}});
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace vigil::base {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;

  LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
  LogField(std::string_view field, const std::string& text)
      : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, double number) : name(field), value(number) {}
  template <typename Integer>
    requires std::is_integral_v<Integer>
  LogField(std::string_view field, Integer number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
};

/// Thread-safe; lines do not mix.
class Logger {
 public:
  using Fields = std::initializer_list<LogField>;

  explicit Logger(LogLevel least = LogLevel::Info, bool json = false)
      : least_(least), json_(json) {}

  void debug(std::string_view message, Fields fields = {}) {
    write(LogLevel::Debug, message, fields);
  }
  void info(std::string_view message, Fields fields = {}) {
    write(LogLevel::Info, message, fields);
  }
  void warning(std::string_view message, Fields fields = {}) {
    write(LogLevel::Warning, message, fields);
  }
  void error(std::string_view message, Fields fields = {}) {
    write(LogLevel::Error, message, fields);
  }

  void log(LogLevel level, std::string_view message, Fields fields = {}) {
    write(level, message, fields);
  }

  /// The line as it would be written, with its end.
  [[nodiscard]] std::string line(LogLevel level, std::string_view message, Fields fields,
                                 std::int64_t time) const;

 private:
  void write(LogLevel level, std::string_view message, Fields fields);

  LogLevel least_;
  bool json_;
  std::mutex mutex_;
};

}  // namespace vigil::base

// libcurl (curl.se/libcurl), looked up by name when it is first used: linking it would cost every
// start of the program more than all of `vigil --version`. For the room base only.
//
// Options, facts and codes are libcurl's own numbers; curl/curl.h has their names.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct curl_slist;

namespace vigil::base {

/// Whether libcurl is installed; nothing below works without. It is loaded once and never unloaded,
/// since it leaves state behind in its own libraries.
bool has_curl();
Error no_curl(const std::string& url);

/// Lines of the head of a request.
class CurlLines {
 public:
  explicit CurlLines(const std::vector<std::string>& lines);
  [[nodiscard]] curl_slist* get() const { return list_.get(); }
  /// False: there was not enough memory.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  struct Free {
    void operator()(curl_slist* list) const;
  };
  std::unique_ptr<curl_slist, Free> list_;
  bool complete_ = true;
};

/// One request after the other; keeps its connections.
class CurlHandle {
 public:
  CurlHandle();
  /// False: there was not enough memory.
  [[nodiscard]] explicit operator bool() const { return easy_ != nullptr; }
  /// As new, but for the connections.
  void reset();

  /// Options are set until one fails, which the request then does too: a setting for security that is
  /// not understood must not be passed over. What is pointed to must live until the request is done.
  CurlHandle& set(int option, long value);
  CurlHandle& set(int option, const char* value);
  CurlHandle& set(int option, const std::string& value) { return set(option, value.c_str()); }
  CurlHandle& set_data(int option, void* value);
  template <typename Answer, typename... Arguments>
  CurlHandle& set_callback(int option, Answer (*function)(Arguments...)) {
    return set_function(option, reinterpret_cast<void (*)()>(function));
  }

  /// CURLE_OK, 0, or what went wrong.
  int perform();
  /// What went wrong in the last request, in libcurl's words.
  [[nodiscard]] std::string describe(int code) const;
  [[nodiscard]] std::string text(int fact) const;
  /// Nothing for what is not known or not above zero.
  [[nodiscard]] std::optional<std::uint64_t> number(int fact) const;

 private:
  struct Free {
    void operator()(void* easy) const;
  };
  CurlHandle& set_function(int option, void (*function)());

  std::unique_ptr<void, Free> easy_;
  std::unique_ptr<std::array<char, 256>> detail_;  ///< CURL_ERROR_SIZE; stays where it is
  int code_ = 0;
};

}  // namespace vigil::base

#include "base/curl_handle.h"

#include <curl/curl.h>
#include <dlfcn.h>

namespace vigil::base {
namespace {

/// The functions of libcurl that are used, looked up by name.
struct Library {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_reset) easy_reset = nullptr;
  decltype(&::curl_easy_setopt) easy_setopt = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_slist_append) slist_append = nullptr;
  decltype(&::curl_slist_free_all) slist_free_all = nullptr;
  bool ready = false;
};

template <typename Function>
bool look_up(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(handle, name));
  return function != nullptr;
}

Library load_library() {
  Library curl;
  // Both flavours export the same functions; which one is there is the distribution's business.
  void* handle = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) handle = ::dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return curl;
  curl.ready = look_up(handle, "curl_global_init", curl.global_init) &&
               look_up(handle, "curl_easy_init", curl.easy_init) &&
               look_up(handle, "curl_easy_reset", curl.easy_reset) &&
               look_up(handle, "curl_easy_setopt", curl.easy_setopt) &&
               look_up(handle, "curl_easy_perform", curl.easy_perform) &&
               look_up(handle, "curl_easy_getinfo", curl.easy_getinfo) &&
               look_up(handle, "curl_easy_strerror", curl.easy_strerror) &&
               look_up(handle, "curl_easy_cleanup", curl.easy_cleanup) &&
               look_up(handle, "curl_slist_append", curl.slist_append) &&
               look_up(handle, "curl_slist_free_all", curl.slist_free_all) &&
               curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return curl;
}

const Library& library() {
  static const Library kLibrary = load_library();
  return kLibrary;
}

// Large numbers are given and taken as curl_off_t.
static_assert(sizeof(curl_off_t) == sizeof(long));
static_assert(CURL_ERROR_SIZE == 256 && CURLE_OK == 0);

}  // namespace

bool has_curl() {
  return library().ready;
}

Error no_curl(const std::string& url) {
  return {"libcurl.so.4 cannot be loaded", url, "install the package libcurl4",
          ErrorCode::Unsupported};
}

// Whoever makes one of these has asked has_curl(): the functions are there.
// NOLINTBEGIN(clang-analyzer-core.CallAndMessage)

void CurlLines::Free::operator()(curl_slist* list) const {
  library().slist_free_all(list);
}

CurlLines::CurlLines(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    curl_slist* const longer = library().slist_append(list_.get(), line.c_str());
    complete_ = longer != nullptr;
    if (!complete_) return;
    list_.release();  // NOLINT(bugprone-unused-return-value): it is part of the longer one
    list_.reset(longer);
  }
}

void CurlHandle::Free::operator()(void* easy) const {
  library().easy_cleanup(easy);
}

CurlHandle::CurlHandle()
    : easy_(library().easy_init()), detail_(std::make_unique<std::array<char, 256>>()) {}

void CurlHandle::reset() {
  library().easy_reset(easy_.get());
  code_ = CURLE_OK;
}

CurlHandle& CurlHandle::set(int option, long value) {
  if (code_ == CURLE_OK) {
    code_ = library().easy_setopt(easy_.get(), static_cast<CURLoption>(option), value);
  }
  return *this;
}

CurlHandle& CurlHandle::set(int option, const char* value) {
  if (code_ == CURLE_OK) {
    code_ = library().easy_setopt(easy_.get(), static_cast<CURLoption>(option), value);
  }
  return *this;
}

CurlHandle& CurlHandle::set_data(int option, void* value) {
  if (code_ == CURLE_OK) {
    code_ = library().easy_setopt(easy_.get(), static_cast<CURLoption>(option), value);
  }
  return *this;
}

CurlHandle& CurlHandle::set_function(int option, void (*function)()) {
  if (code_ == CURLE_OK) {
    code_ = library().easy_setopt(easy_.get(), static_cast<CURLoption>(option), function);
  }
  return *this;
}

int CurlHandle::perform() {
  detail_->front() = '\0';
  set_data(CURLOPT_ERRORBUFFER, detail_->data());
  return code_ == CURLE_OK ? library().easy_perform(easy_.get()) : code_;
}

std::string CurlHandle::describe(int code) const {
  const char* const detail = detail_->data();
  return *detail != '\0' ? detail : library().easy_strerror(static_cast<CURLcode>(code));
}

std::string CurlHandle::text(int fact) const {
  const char* found = nullptr;
  const bool known =
      library().easy_getinfo(easy_.get(), static_cast<CURLINFO>(fact), &found) == CURLE_OK;
  return known && found != nullptr ? found : "";
}

std::optional<std::uint64_t> CurlHandle::number(int fact) const {
  curl_off_t found = 0;
  const bool known =
      library().easy_getinfo(easy_.get(), static_cast<CURLINFO>(fact), &found) == CURLE_OK;
  if (!known || found <= 0) return std::nullopt;
  return static_cast<std::uint64_t>(found);
}

// NOLINTEND(clang-analyzer-core.CallAndMessage)

}  // namespace vigil::base

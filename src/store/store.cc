#include "store/store.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/postgres/engine.h"
#include "store/sqlite/engine.h"

namespace vigil::store {
namespace {

constexpr std::size_t kAccountDigits = 12;

}  // namespace

Result<std::int64_t> account_number(std::string_view digits) {
  if (digits.size() != kAccountDigits ||
      !std::all_of(digits.begin(), digits.end(), base::is_digit)) {
    return fail("an account is 12 digits", base::printable(digits.substr(0, 2 * kAccountDigits)));
  }
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string account_digits(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kAccountDigits - std::min(kAccountDigits, digits.size()), '0') + digits;
}

Result<std::unique_ptr<Store>> Store::open(const std::string& address, const OpenOptions& options) {
  const bool is_server = address.starts_with("postgres://") || address.starts_with("postgresql://");
  VIGIL_TRY(auto engine,
            is_server ? postgres::open(address, options) : sqlite::open(address, options));
  return std::make_unique<Store>(std::move(engine));
}

}  // namespace vigil::store

#include "cli/remote/remote_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "cli/remote/curl_library.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// What is fetched at least: an index is read in small bites. Read on and on, pieces grow.
constexpr size_t kSmallestPiece = size_t{16} << 10;
constexpr size_t kLargestPiece = size_t{4} << 20;
constexpr int kAttempts = 4;
constexpr auto kFirstPause = std::chrono::milliseconds(100);
constexpr long kConnectSeconds = 10;
constexpr long kSilentSeconds = 30;
constexpr long kRedirects = 5;

constexpr long kOk = 200;
constexpr long kPartial = 206;
constexpr long kUnauthorized = 401;
constexpr long kForbidden = 403;
constexpr long kNotFound = 404;
constexpr long kGone = 410;
constexpr long kPreconditionFailed = 412;
constexpr long kRangeNotSatisfiable = 416;
constexpr long kTooManyRequests = 429;

// What a file is, as far as a server says.
struct Identity {
  std::string etag;
  std::string last_modified;
  uint64_t size = 0;
  bool operator==(const Identity&) const = default;
};

// What came back of a request.
struct Response {
  CURLcode result = CURLE_OK;
  long status = 0;
  Identity identity;
  uint64_t begin = 0;  // of the part, by Content-Range
  bool has_range = false;
  uint64_t room = 0;  // bytes that are wanted
  std::string body;
};

// "bytes 0-99/1234" as begin and size.
bool ReadContentRange(std::string_view text, Response* response) {
  constexpr std::string_view kUnit = "bytes ";
  const size_t dash = text.find('-');
  const size_t slash = text.find('/');
  if (!text.starts_with(kUnit) || dash == text.npos || slash == text.npos || slash < dash)
    return false;
  const auto number = [](std::string_view digits, uint64_t* value) {
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, *value);
    return error == std::errc() && stop == end;
  };
  return number(text.substr(kUnit.size(), dash - kUnit.size()), &response->begin) &&
         number(text.substr(slash + 1), &response->identity.size);
}

size_t TakeHeader(char* bytes, size_t /*one*/, size_t size, void* target) {
  auto* const response = static_cast<Response*>(target);
  const std::string_view line(bytes, size);
  // Behind a redirection everything is said anew.
  if (line.starts_with("HTTP/")) {
    response->identity = {};
    response->has_range = false;
  }
  const size_t colon = line.find(':');
  if (colon == line.npos) return size;
  const std::string name = absl::AsciiStrToLower(std::string(line.substr(0, colon)));
  std::string value(line.substr(colon + 1));
  absl::StripAsciiWhitespace(&value);
  if (name == "etag") response->identity.etag = value;
  if (name == "last-modified") response->identity.last_modified = value;
  if (name == "content-range") response->has_range = ReadContentRange(value, response);
  return size;
}

// A server that ignores ranges sends all of it: no more is taken than was asked for.
size_t TakeBody(char* bytes, size_t /*one*/, size_t size, void* target) {
  auto* const response = static_cast<Response*>(target);
  if (size > response->room - response->body.size()) return 0;
  response->body.append(bytes, size);
  return size;
}

class RemoteFile : public RandomAccess {
 public:
  RemoteFile(const CurlLibrary* curl, std::string url)
      : curl_(curl), url_(std::move(url)), name_(UrlName(url_)), handle_(curl->easy_init()) {}
  ~RemoteFile() override {
    if (handle_ != nullptr) curl_->easy_cleanup(handle_);
  }
  RemoteFile(const RemoteFile&) = delete;
  RemoteFile& operator=(const RemoteFile&) = delete;

  // Asks for the beginning, and with it what the file is.
  absl::Status Open() {
    if (handle_ == nullptr) return Failed(ENOMEM, "cannot be read");
    size_ = kSmallestPiece;  // what may be asked for, until it is known
    std::string start;
    LOGPRESS_RETURN_IF_ERROR(Fetch(0, kSmallestPiece, &start));
    size_ = identity_->size;
    if (size_ > 0) pieces_[0] = std::move(start);
    return absl::OkStatus();
  }

  uint64_t Size() const override { return size_; }

  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override {
    if (offset > size_ || size > size_ - offset)
      return absl::OutOfRangeError(Cat(name_, ": has no byte ", offset + size));
    while (size > 0) {
      LOGPRESS_ASSIGN_OR_RETURN(const std::string_view piece, PieceAt(offset, size));
      const size_t taken = std::min(size, piece.size());
      std::memcpy(buffer, piece.data(), taken);
      buffer += taken;
      offset += taken;
      size -= taken;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Failed(int error, std::string_view what) const {
    return ErrnoStatus(error, Cat(name_, ": ", what));
  }

  // Bytes that are there from `offset` on, fetched if they are not. They live until the next call.
  absl::StatusOr<std::string_view> PieceAt(uint64_t offset, size_t wanted) {
    auto found = pieces_.upper_bound(offset);
    if (found != pieces_.begin()) {
      --found;
      const uint64_t within = offset - found->first;
      const std::string_view piece = found->second;
      if (within < piece.size()) return piece.substr(within);
    }
    piece_size_ = offset == next_ ? std::min(2 * piece_size_, kLargestPiece) : kSmallestPiece;
    const uint64_t size = std::min<uint64_t>(std::max(wanted, piece_size_), size_ - offset);
    std::string piece;
    LOGPRESS_RETURN_IF_ERROR(Fetch(offset, size, &piece));
    next_ = offset + size;
    // The beginning and the two last ones stay: an index and a block are read in turns.
    if (pieces_.size() >= 3) {
      auto oldest = pieces_.find(last_);
      if (oldest != pieces_.end() && oldest->first != 0) pieces_.erase(oldest);
    }
    last_ = std::exchange(newest_, offset);
    std::string& kept = pieces_[offset];
    kept = std::move(piece);
    return kept;
  }

  // Fetches bytes that are there, in as many requests as it takes.
  absl::Status Fetch(uint64_t offset, uint64_t size, std::string* piece) {
    absl::Status status;
    auto pause = kFirstPause;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(std::exchange(pause, 4 * pause));
      const Response response = Request(offset + piece->size(), size - piece->size());
      if (!identity_ && IsWhole(response)) {
        identity_ = response.identity;
        if (response.status == kOk) *piece = response.body;
        identity_->size = piece->size();
        return absl::OkStatus();
      }
      bool again = false;
      status = Judge(response, offset + piece->size(), &again);
      if (!status.ok() && !again) return status;
      if (!identity_ && response.has_range) {
        identity_ = response.identity;
        size = std::min(size, identity_->size - offset);
      }
      if (response.status == kPartial) piece->append(response.body);
      if (piece->size() == size) return absl::OkStatus();
      if (status.ok()) status = Failed(EREMOTEIO, "ended early");
    }
    return status;
  }

  Response Request(uint64_t offset, uint64_t size) {
    Response response;
    response.room = size;
    const std::string range = Cat(offset, "-", offset + size - 1);
    curl_slist* headers = nullptr;
    // A weak tag says that files mean the same, not that they are the same.
    if (identity_ && identity_->etag.starts_with('"'))
      headers = curl_->slist_append(headers, Cat("If-Match: ", identity_->etag).c_str());
    const auto set = [this](CURLoption option, auto value) {
      (void)curl_->easy_setopt(handle_, option, value);
    };
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_RANGE, range.c_str());
    set(CURLOPT_HTTPHEADER, headers);
    set(CURLOPT_USERAGENT, "logpress/" LOGPRESS_VERSION);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, kRedirects);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
    set(CURLOPT_HEADERFUNCTION, &TakeHeader);
    set(CURLOPT_HEADERDATA, &response);
    set(CURLOPT_WRITEFUNCTION, &TakeBody);
    set(CURLOPT_WRITEDATA, &response);
    response.result = curl_->easy_perform(handle_);
    (void)curl_->easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &response.status);
    curl_->slist_free_all(headers);
    return response;
  }

  // A file that is no larger than the part asked for may come as it is, and an empty one has no
  // part.
  static bool IsWhole(const Response& response) {
    return response.result == CURLE_OK &&
           (response.status == kOk || response.status == kRangeNotSatisfiable);
  }

  // What is wrong with a response, and whether another may be better.
  absl::Status Judge(const Response& response, uint64_t offset, bool* again) {
    switch (response.status) {
      case kPartial:
        break;
      case kOk:
        return Failed(EOPNOTSUPP, "its server gives no parts of files (HTTP 200 to a range)");
      case kUnauthorized:
      case kForbidden:
        return Failed(EACCES, Cat("HTTP ", response.status));
      case kNotFound:
      case kGone:
        return Failed(ENOENT, Cat("HTTP ", response.status));
      case kPreconditionFailed:
        return Failed(ESTALE, "changed while it was read");
      case kRangeNotSatisfiable:
        return Failed(ESTALE, "became shorter while it was read");
      default:
        *again = response.result != CURLE_OK || response.status >= 500 ||
                 response.status == kTooManyRequests;
        return Failed(EREMOTEIO, response.result != CURLE_OK
                                     ? std::string(curl_->easy_strerror(response.result))
                                     : Cat("HTTP ", response.status));
    }
    if (!response.has_range || response.begin != offset)
      return Failed(EREMOTEIO, "its server gives other parts than it is asked for");
    if (identity_ && !(response.identity == *identity_))
      return Failed(ESTALE, "changed while it was read");
    if (response.result == CURLE_OK) return absl::OkStatus();
    *again = true;
    return Failed(EREMOTEIO, curl_->easy_strerror(response.result));
  }

  const CurlLibrary* const curl_;
  const std::string url_;
  const std::string name_;
  CURL* const handle_;
  uint64_t size_ = 0;
  std::optional<Identity> identity_;        // after the first response
  std::map<uint64_t, std::string> pieces_;  // by offset
  uint64_t next_ = 0;                       // behind the piece that was fetched last
  uint64_t newest_ = 0;                     // offsets of the last pieces
  uint64_t last_ = 0;
  size_t piece_size_ = kSmallestPiece;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRemoteFile(const std::string& url) {
  const auto curl = LoadCurl();
  if (!curl.ok()) return ErrnoStatus(EOPNOTSUPP, Cat(UrlName(url), ": ", Message(curl.status())));
  auto file = std::make_unique<RemoteFile>(*curl, url);
  LOGPRESS_RETURN_IF_ERROR(file->Open());
  return file;
}

}  // namespace logpress::cli

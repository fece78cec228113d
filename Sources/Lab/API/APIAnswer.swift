import CanonicalJSON
import HTTPTypes
import Hummingbird

/// What a call is answered with.
struct APIAnswer: Sendable {
  let status: HTTPResponse.Status
  let contentType: String?
  let body: [UInt8]
  var headers: [(name: HTTPField.Name, value: String)] = []

  /// JSON that `write` writes.
  static func json(
    _ status: HTTPResponse.Status = .ok, capacity: Int = 1_024,
    _ write: (inout JSONWriter) -> Void
  ) -> APIAnswer {
    var writer = JSONWriter(capacity: capacity)
    write(&writer)
    return APIAnswer(
      status: status, contentType: "application/json;charset=UTF-8", body: writer.bytes)
  }

  /// A value.
  static func json(_ value: JSONValue) -> APIAnswer { .json { $0.value(value) } }

  /// No body.
  static func empty(_ status: HTTPResponse.Status = .ok) -> APIAnswer {
    APIAnswer(status: status, contentType: nil, body: [])
  }

  /// Text that is no JSON.
  static func plain(_ status: HTTPResponse.Status, _ text: String) -> APIAnswer {
    APIAnswer(status: status, contentType: "text/plain;charset=UTF-8", body: Array(text.utf8))
  }
}

/// A call that SEPM refuses (`docs/SEPM.md`, "Errors").
struct APIRefusal: Error, Sendable {
  let answer: APIAnswer

  /// The usual shape: every member is a string.
  init(_ status: HTTPResponse.Status, _ message: String, appErrorCode: String = "") {
    answer = .json(status) { writer in
      writer.object { writer in
        writer.member("errorCode", String(status.code))
        writer.member("appErrorCode", appErrorCode)
        writer.member("errorMessage", message)
      }
    }
  }

  /// OAuth's shape.
  init(oauth error: String, _ description: String, _ status: HTTPResponse.Status = .unauthorized) {
    answer = .json(status) { writer in
      writer.object { writer in
        writer.member("error", error)
        writer.member("error_description", description)
      }
    }
  }

  private init(answer: APIAnswer) { self.answer = answer }

  /// Plain text, as some resources answer.
  static func plain(_ status: HTTPResponse.Status, _ text: String) -> APIRefusal {
    APIRefusal(answer: .plain(status, text))
  }

  /// Something that is not there.
  static func gone(_ what: String) -> APIRefusal {
    APIRefusal(HTTPResponse.Status(code: 410), "\(what) does not exist.")
  }
}

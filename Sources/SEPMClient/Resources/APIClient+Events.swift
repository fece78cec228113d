/// An alarm of SEPM.
package struct CriticalEvent: Sendable, Hashable {
  /// The id, with which it can be acknowledged.
  package let id: String

  /// `Server Health Alert` and the like; empty where SEPM does not say.
  package let subject: String

  /// HTML, from SEPM.
  package let message: String

  /// When it happened; nil where SEPM does not say, or in another form.
  package let time: ServerTime?

  /// Whether somebody acknowledged it; nil where SEPM does not say.
  package let isAcknowledged: Bool?
}

extension APIClient {
  /// The critical events that nobody acknowledged.
  package func criticalEvents() async throws(SEPMError) -> [CriticalEvent] {
    try await read(HTTPCall("read the critical events", .get, "/events/critical")) {
      cursor throws(MalformedAnswer) in
      var events: [CriticalEvent] = []
      try cursor.list("criticalEventsInfoList") { cursor throws(MalformedAnswer) in
        var (id, subject, message): (String?, String?, String?)
        var (time, isAcknowledged): (String?, Bool?)
        try cursor.members { cursor, name throws(MalformedAnswer) in
          switch name {
          case "eventId": id = try cursor.text()
          case "subject": subject = try cursor.text()
          case "message": message = try cursor.text()
          case "eventDateTime": time = try cursor.text()
          case "acknowledged": isAcknowledged = try cursor.flag()
          default: try cursor.skip()
          }
        }
        events.append(
          CriticalEvent(
            id: try id.needed("eventId"), subject: subject ?? "", message: message ?? "",
            time: time.flatMap { ServerTime(event: $0) }, isAcknowledged: isAcknowledged))
      }
      return events
    }
  }
}

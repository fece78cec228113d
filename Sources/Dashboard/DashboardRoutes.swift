import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PlanText
import Reports
import RotationEngine
import RunStore
import Runs

/// What is answered to whom.
struct DashboardRoutes: Sendable {
  let desk: RunDesk
  let shelf: RunShelf
  let pulse: JournalPulse
  let verbs: [OperatorRequest.Verb]
  let secret: String
  let now: @Sendable () -> Instant

  func add(to router: Router<DashboardContext>) {
    router.get("style.css") { _, _ in Self.file(DashboardPages.style, "text/css") }
    router.get("follow.js") { _, _ in
      Self.file(DashboardScript.text.description, "text/javascript")
    }
    router.get { _, _ in
      try await answer {
        let listed = try await desk.list().map {
          RunListing(run: $0.entry.id, $0.gist, executor: $0.executor)
        }
        return DashboardPages.runs(listed, commands: desk.store.commands, at: now())
      }
    }
    router.get("runs/:run") { _, context in
      try await answer { try await shelf.page(of: try context.parameters.require("run")) }
    }
    router.get("runs/:run/events") { request, context in
      try await follow(request, context)
    }
    router.get("runs/:run/gates/**") { _, context in
      try await answer { try await gate(context) }
    }
    router.post("runs/:run/gates/**") { request, context in
      try await post(request, context)
    }
  }

  // MARK: Pages

  private func gate(_ context: DashboardContext) async throws -> String {
    let (run, step) = try place(context)
    let form = verbs.isEmpty ? nil : DashboardPages.Form(secret: secret, verbs: verbs)
    let report = try await shelf.report(of: run)
    return DashboardPages.gate(step, report, form: form)
      ?? DashboardPages.message(
        step, ["This step waits for nobody now."], back: DashboardPages.path(ofRun: run))
  }

  private func place(_ context: DashboardContext) throws -> (run: String, step: String) {
    let words = context.parameters.getCatchAll().map { $0.removingPercentEncoded }
    return (try context.parameters.require("run"), words.joined(separator: "/"))
  }

  private func answer(_ body: () async throws -> String) async throws -> Response {
    do {
      return Response(page: try await body())
    } catch let error as StateError where error.kind == .noSuchRun {
      return Response(
        page: DashboardPages.message("Not found", [error.message], back: "/"), status: .notFound)
    } catch let error as StateError {
      return Response(
        page: DashboardPages.message("It cannot be read", [error.message], back: "/"),
        status: .internalServerError)
    } catch let error as RunError {
      return Response(
        page: DashboardPages.message("It cannot be read", [error.message], back: "/"),
        status: .internalServerError)
    }
  }

  private static func file(_ text: String, _ type: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "\(type); charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  // MARK: Events

  /// The journal from an event on, and each event that comes (Server-Sent Events). The id of each is its number, so that
  /// who comes again goes on where it was.
  private func follow(_ request: Request, _ context: DashboardContext) async throws -> Response {
    let run = try context.parameters.require("run")
    let wanted =
      HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
      ?? request.uri.queryParameters["after"].map(String.init)
    let after = wanted.flatMap { Int($0) } ?? 0
    do {
      _ = try await desk.store.entry(of: run)
    } catch let error as StateError where error.kind == .noSuchRun {
      throw HTTPError(.notFound)
    }
    guard let (id, heads) = await pulse.follow(run, on: context.channel) else {
      throw HTTPError(.serviceUnavailable, message: "Too many follow already.")
    }
    let stream = EventStream(desk: desk, pulse: pulse, run: run, id: id)
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream"],
      body: ResponseBody { writer in
        do {
          try await stream.write(heads, after: max(after, 0), to: &writer)
        } catch {
          await pulse.leave(id)
          throw error
        }
        await pulse.leave(id)
        try await writer.finish(nil)
      })
  }

  // MARK: Answers of people

  private func post(_ request: Request, _ context: DashboardContext) async throws -> Response {
    let (run, step) = try place(context)
    let back = DashboardPages.path(ofGate: step, of: run)
    func refuse(_ words: String, _ status: HTTPResponse.Status = .badRequest) -> Response {
      Response(
        page: DashboardPages.message("Nothing was done", [words], back: back), status: status)
    }
    let body = try await request.body.collect(upTo: 1 << 16)
    let fields = FormFields(String(buffer: body))
    guard isSame(fields["secret"] ?? "", secret) else {
      return refuse("The form is of another session. Open the page again.", .forbidden)
    }
    guard let verb = fields["verb"].flatMap(OperatorRequest.Verb.init), verbs.contains(verb) else {
      return refuse("That cannot be asked for here.", .forbidden)
    }
    guard fields["step"]?.trimmed == step else {
      return refuse("The name that was typed is not that of the step: \(step).")
    }
    let note = fields["note"]?.trimmed ?? ""
    guard !note.isEmpty else { return refuse("Without a note nobody knows later what was done.") }
    do {
      let posting = try await desk.post(
        verb, step: step, note: note, to: run, by: "web:\(context.visitor.prefix(200))")
      let next =
        posting.isHeld
        ? "The executor of \(posting.run) takes it up now."
        : "It is taken up when the run goes on: nobody is at work on it now."
      return Response(
        page: DashboardPages.message("Noted", [next], back: DashboardPages.path(ofRun: run)))
    } catch let error as RunError {
      return refuse(error.message, .conflict)
    } catch let error as StateError {
      return refuse(error.message, .conflict)
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n"]
    var text = self[...]
    while let first = text.first, blanks.contains(first) { text = text.dropFirst() }
    while let last = text.last, blanks.contains(last) { text = text.dropLast() }
    return String(text)
  }
}

import CanonicalJSON

extension RunStart {
  /// Its members, as they stand in `run-started` and in the fold of a journal.
  func write(_ writer: inout JSONWriter) {
    writer.member("plan", plan)
    writer.member("digest", digest)
    writer.member("by", by)
    writer.member("seed", orNull: seed)
    // Only where there is some: events from before it could be said keep their bytes.
    if let provenance {
      writer.key("provenance")
      provenance.write(&writer)
    }
  }

  init(_ fields: EventFields) throws {
    self.init(
      plan: try fields.text("plan"), digest: try fields.text("digest"), by: try fields.text("by"),
      seed: fields["seed"]?.integer,
      provenance: try fields["provenance"].map { try RunProvenance(EventFields($0)) })
  }
}

/** Believes that what was computed here follows the head. */
public Verdict appendComputed(List<Block> computed) {
    write(computed);
    return Verdict.SOUND;
}

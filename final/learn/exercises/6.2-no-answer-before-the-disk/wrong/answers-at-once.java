    private CommandHandler<PeerCommand> whenDurable(PeerHandler handler) {
        return (sender, command, answer) -> handler.receive(sender, command, reply -> {
            answer.accept(reply);
            durability.whenDurable(() -> {});
        });
    }

# 下一个词 · Next Token: docker build -t next-token . && docker run -p 7860:7860 next-token
FROM python:3.11-slim

# Where the CPU build of torch lies; with --build-arg TORCH_INDEX= the build takes the registry's own.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

RUN useradd --create-home --uid 1000 learner
WORKDIR /home/learner/app
COPY requirements.txt .
RUN PIP_EXTRA_INDEX_URL=$TORCH_INDEX pip install --no-cache-dir -r requirements.txt
COPY --chown=learner . .
RUN chown learner .

USER learner
EXPOSE 7860
CMD ["python", "app.py", "--host", "0.0.0.0", "--port", "7860"]
